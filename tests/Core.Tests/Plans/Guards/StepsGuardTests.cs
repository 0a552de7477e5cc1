using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

public sealed class StepsGuardTests : GuardTests<StepsGuard>
{
    private static readonly PlanContext Context = Some.PlanContext() with { Declared = Kind([10, 20, 50, 100]) };

    internal static ResourceKindPolicy Kind(IReadOnlyList<int> steps) => new()
    {
        Name = "sql-database",
        ResourceType = "Microsoft.Sql/servers/databases",
        ApiVersion = "2021-11-01",
        CapacityPath = "sku.capacity",
        Verb = DeclaredVerb.Patch,
        Bounds = new CapacityRange(1, 1000, steps),
        Source = Some.Source,
    };

    [Theory]
    [InlineData(10, 20)]
    [InlineData(100, 50)]
    public void Lets_a_step_pass(int from, int goal) => Passes(Check(from, goal, Context));

    [Fact]
    public void Lets_everything_pass_where_nothing_is_sold_in_steps()
    {
        Passes(Check(10, 13));
        Passes(Check(10, 13, Context with { Declared = Kind([]) }));
    }

    [Theory]
    [InlineData(10, 60, 50)]
    [InlineData(100, 15, 20)]
    public void What_a_rate_left_of_a_change_ends_on_a_step(int from, int goal, int expected) => LimitsTo(expected, Check(from, goal, Context));

    [Theory]
    [InlineData(20, 40)]
    [InlineData(50, 30)]
    public void What_is_not_even_a_step_is_none(int from, int goal) => Assert.Equal(
        $"{goal} is not sold; there are 10, 20, 50, 100", ReasonText.Of(Blocks<GuardReason.BetweenSteps>(Check(from, goal, Context))));
}
