using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

public sealed class DeclaredKindGuardTests : GuardTests<DeclaredKindGuard>
{
    [Fact]
    public void A_kind_that_is_built_in_needs_no_permission() => Passes(Check(4, 6));

    [Fact]
    public void Acts_on_a_declared_kind_only_where_guardrails_list_it()
    {
        Passes(Check(4, 6, Context(["sql-database"])));
        Passes(Check(4, 6, Context(["sql-database"], null)));
        Blocks<GuardReason.KindNotListed>(Check(4, 6, Context()));
        Blocks<GuardReason.KindNotListed>(Check(4, 6, Context((string[]?)null)));
        Blocks<GuardReason.KindNotListed>(Check(4, 2, Context(["event-hubs"])));
    }

    [Fact]
    public void All_guardrails_that_list_kinds_must_list_it() =>
        Blocks<GuardReason.KindNotListed>(Check(4, 6, Context(["sql-database"], ["event-hubs"])));

    [Fact]
    public void Says_that_it_only_recommends() => Assert.StartsWith(
        "only recommended: the kind sql-database is declared by a policy, and no guardrails list it",
        ReasonText.Of(Blocks<GuardReason.KindNotListed>(Check(4, 6, Context()))), StringComparison.Ordinal);

    private static PlanContext Context(params string[]?[] lists) => Some.PlanContext() with
    {
        Declared = StepsGuardTests.Kind([]),
        Guardrails = [.. lists.Select(list => new GuardrailsPolicy { Name = "platform", ResourceKinds = list, Source = Some.Source })],
    };
}
