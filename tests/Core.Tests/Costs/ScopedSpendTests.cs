using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using static ScaleFunctions.Core.Tests.Builders.SomeSpend;

namespace ScaleFunctions.Core.Tests.Costs;

public sealed class ScopedSpendTests
{
    private static readonly DateOnly Day = new(2026, 3, 1);

    [Theory]
    [InlineData("/subscriptions/s-1", 2)]
    [InlineData("/subscriptions/s-1/resourcegroups/shop", 1)]
    [InlineData("/subscriptions/s-1/resourcegroups/sho", 0)]
    [InlineData("/subscriptions/s-10", 0)]
    [InlineData("/subscriptions/s", 0)]
    [InlineData("/providers/microsoft.management/managementgroups/mg-prod", 2)]
    [InlineData("/providers/microsoft.management/managementgroups/mg", 0)]
    public void A_scope_holds_what_is_under_it(string scope, int rows) => Assert.Equal(rows, Rows(new SpendScope(scope, Scope.Tags)));

    [Theory]
    [InlineData("ENV", "prod", 1)]
    [InlineData("env", "Prod", 0)]
    [InlineData("team", "prod", 0)]
    public void Names_of_tags_know_no_case_and_values_do(string name, string value, int rows) =>
        Assert.Equal(rows, Rows(Scope with { Tags = new Dictionary<string, IReadOnlyList<string>> { [name] = ["test", value] } }));

    private static int Rows(SpendScope scope)
    {
        var tagged = Row(Web, 1, Some.Noon) with { Tags = new TargetTags.Known(new Dictionary<string, string> { ["env"] = "prod" }) };
        var unread = Row("/subscriptions/s-1/resourcegroups/other/providers/a.b/c/d", 1, Some.Noon) with { Tags = new TargetTags.Unknown("refused") };
        var day = Whole(Day) with { Rows = [tagged, unread], ManagementGroups = new ManagementGroups.Read(["mg-shop", "MG-Prod"]) };
        return ScopedSpend.Of(scope, [day]).Sum(each => each.Rows.Count);
    }
}
