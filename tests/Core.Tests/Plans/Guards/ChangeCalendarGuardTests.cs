using NodaTime;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

public sealed class ChangeCalendarGuardTests
{
    private static readonly Freeze Now = new()
    {
        When = new ZonedWindow(new TimeWindow.Once(new(2026, 3, 2, 10, 0), new(2026, 3, 3, 8, 0)), DateTimeZoneProviders.Tzdb["Europe/Zurich"]),
        Reason = "release",
        Calendar = "platform",
        Source = Some.Source,
    };

    [Fact]
    public void Holds_a_lowering_and_says_until_when_and_by_what()
    {
        var verdict = Assert.IsType<GuardVerdict.Block>(Check(4, 2, Now));

        Assert.Equal(nameof(ChangeCalendarGuard), verdict.Guard);
        Assert.Equal("held until 2026-03-03 08:00 +01:00 by the change calendar platform: release", ReasonText.Of(verdict.Reason));
    }

    [Fact]
    public void Lets_a_raise_pass_unless_everything_is_held()
    {
        Assert.IsType<GuardVerdict.Pass>(Check(4, 8, Now));
        Assert.IsType<GuardVerdict.Block>(Check(4, 8, Now with { Holds = FreezeScope.Everything }));
    }

    [Fact]
    public void The_way_back_to_the_minimum_is_open_at_any_time()
    {
        var everything = Now with { Holds = FreezeScope.Everything };

        Assert.Equal(6, Assert.IsType<GuardVerdict.Limit>(Check(4, 8, everything, minimum: 6)).Goal);
        Assert.IsType<GuardVerdict.Pass>(Check(4, 6, everything, minimum: 6));
    }

    [Fact]
    public void A_freeze_that_was_lifted_holds_nothing_until_the_lift_ends()
    {
        Assert.IsType<GuardVerdict.Pass>(Check(4, 2, Now with { BreakGlass = new BreakGlass("ann", "incident", Some.At(1)) }));
        Assert.IsType<GuardVerdict.Block>(Check(4, 2, Now with { BreakGlass = new BreakGlass("ann", "incident", Some.Noon) }));
    }

    [Fact]
    public void Of_several_the_one_that_ends_last_is_told()
    {
        var longer = Now with { Calendar = "longer", When = Now.When with { Window = new TimeWindow.Once(new(2026, 3, 2, 10, 0), new(2026, 3, 9, 8, 0)) } };

        Assert.Equal("longer", Assert.IsType<GuardReason.Frozen>(Assert.IsType<GuardVerdict.Block>(Check(4, 2, Now, longer)).Reason).By);
    }

    [Fact]
    public void Before_and_after_it_holds_nothing()
    {
        var over = Now with { When = Now.When with { Window = new TimeWindow.Once(new(2026, 3, 2, 10, 0), new(2026, 3, 2, 13, 0)) } };

        Assert.IsType<GuardVerdict.Pass>(Check(4, 2, over));
    }

    private static GuardVerdict Check(int from, int to, params Freeze[] freezes) => Check(from, to, 1, freezes);

    private static GuardVerdict Check(int from, int to, Freeze freeze, int minimum) => Check(from, to, minimum, [freeze]);

    private static GuardVerdict Check(int from, int to, int minimum, Freeze[] freezes) => new ChangeCalendarGuard().Check(
        new PlanDraft(Some.Decision(from, to), to), Some.PlanContext(from, Some.Horizontal(minimum)) with { Freezes = freezes });
}
