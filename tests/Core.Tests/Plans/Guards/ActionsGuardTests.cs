using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

public sealed class ActionsGuardTests
{
    private static readonly PastChange[] TwoDown = [new(Some.At(-600), 6, 5), new(Some.At(-60), 5, 4)];

    private static readonly PastChange[] FourOfADay = [new(Some.At(-1430), 2, 4), new(Some.At(-700), 4, 5), .. TwoDown];

    [Fact]
    public void Holds_when_the_day_is_used_up_and_says_until_when()
    {
        var verdict = Assert.IsType<GuardVerdict.Block>(Check(4, 6, 4, FourOfADay));

        Assert.Equal("4 of at most 4 changes a day were made, until 12:10", ReasonText.Of(verdict.Reason));
    }

    [Fact]
    public void Lowers_with_half_of_them_only()
    {
        var verdict = Assert.IsType<GuardVerdict.Block>(Check(4, 3, 5, TwoDown));

        Assert.Equal(
            "2 of at most 2 lowerings a day were made; the rest of the day's changes is kept for raising, until 02:00", ReasonText.Of(verdict.Reason));
        Assert.IsType<GuardVerdict.Pass>(Check(4, 6, 5, TwoDown));
        Assert.IsType<GuardVerdict.Pass>(Check(4, 3, 6, TwoDown));
    }

    [Fact]
    public void Forgets_after_a_day() =>
        Assert.IsType<GuardVerdict.Pass>(Check(4, 6, 4, [new(Some.At(-1440), 2, 4), .. FourOfADay[1..]]));

    [Fact]
    public void The_way_back_to_the_minimum_is_open_at_any_time()
    {
        Assert.Equal(5, Assert.IsType<GuardVerdict.Limit>(Check(4, 8, 4, FourOfADay, minimum: 5)).Goal);
        Assert.IsType<GuardVerdict.Pass>(Check(4, 5, 4, FourOfADay, minimum: 5));
    }

    [Fact]
    public void Without_a_limit_any_number_passes() => Assert.IsType<GuardVerdict.Pass>(Check(4, 6, null, FourOfADay));

    private static GuardVerdict Check(int from, int to, int? most, PastChange[] changes, int minimum = 1) => new ActionsGuard().Check(
        new PlanDraft(Some.Decision(from, to), to),
        Some.PlanContext(from, Some.Horizontal(minimum) with { MaxActionsPerDay = most }) with { History = Some.Changes(changes) });
}
