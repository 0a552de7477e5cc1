using ScaleFunctions.Core.Checks;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Checks;

/// <summary>A size that was rolled out at night and is looked at from noon to one o'clock.</summary>
public sealed class PeakLooksTests
{
    private static readonly RollOut RolledOut = new(1, SomeSizes.Middle, SomeSizes.Small, RollOutTerms.Default with { Guard = SomeSizes.Guard }, 0, Some.At(-600));

    private static readonly PeakLook Look = new(RolledOut, Some.Noon, Some.At(60));

    private static readonly SizeReading There = SomeSizes.Reading(SomeSizes.Small);

    private static readonly GuardStanding.Breached Slow = new(SomeSizes.Guard.Bounds[0], 900, IsLasting: true);

    [Fact]
    public void It_is_begun_where_there_is_a_guard_and_nothing_was_taken_back()
    {
        Assert.Equal(new PeakLook(RolledOut with { Peak = new PeakHour(TimeSpan.FromHours(9)) }, Some.At(-180), Some.At(-120)), PeakLook.After(RolledOut with { Peak = new PeakHour(TimeSpan.FromHours(9)) }, Some.At(-500)));
        Assert.Equal(TimeSpan.FromDays(1), PeakLook.After(RolledOut, Some.Noon) is { } whole ? whole.To - whole.From : default);
        Assert.Null(PeakLook.After(RolledOut with { IsUndo = true }, Some.Noon));
        Assert.Null(PeakLook.After(RolledOut with { Terms = RollOutTerms.Default }, Some.Noon));
    }

    [Fact]
    public void What_lasts_takes_the_size_back_and_is_tried_again_after_a_pause()
    {
        var undo = Assert.IsType<PeakStep.Undo>(Next(Slow, Some.At(20)));

        Assert.Equal("in the busiest hour latency 900 is above 800", undo.Why);
        Assert.IsType<PeakStep.Wait>(PeakLooks.Next(undo.State, Slow, There, Some.At(24)));
        var again = Assert.IsType<PeakStep.Undo>(PeakLooks.Next(undo.State, Slow, There, Some.At(25)));
        Assert.Equal(
            new PeakEnd.Stuck(SomeSizes.Small, "it could not be taken back: in the busiest hour latency 900 is above 800"),
            Assert.IsType<PeakStep.End>(PeakLooks.Next(again.State, Slow, There, Some.At(380))).How);
    }

    [Fact]
    public void It_is_well_when_the_hour_is_over_and_its_last_samples_had_time_to_come()
    {
        Assert.IsType<PeakStep.Wait>(Next(new GuardStanding.Within(), Some.At(67)));
        Assert.Equal(new PeakEnd.Well(SomeSizes.Small), Assert.IsType<PeakStep.End>(Next(new GuardStanding.Within(), Some.At(68))).How);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_nobody_can_tell_waits_for_the_next_day_and_after_a_week_for_a_person(bool isMissing)
    {
        GuardStanding doubt = isMissing ? new GuardStanding.InDoubt("503") : Slow with { IsLasting = false };
        var waiting = Assert.IsType<PeakStep.Wait>(Next(doubt, Some.At(30))).State;
        Assert.Equal((Look.From, GuardText.Of(doubt)), (waiting.From, waiting.Doubt));

        var look = waiting;
        for (var day = 1; day < PeakLooks.MostDays; day++)
        {
            look = Assert.IsType<PeakStep.Wait>(PeakLooks.Next(look, doubt, There, look.To.AddMinutes(8))).State;
            Assert.Equal((Look.From.AddDays(day), day), (look.From, look.Unseen));
        }

        Assert.Equal(new PeakEnd.Untold(SomeSizes.Small, 7, GuardText.Of(doubt)), Assert.IsType<PeakStep.End>(PeakLooks.Next(look, doubt, There, look.To.AddMinutes(8))).How);
    }

    [Fact]
    public void Another_size_of_somebody_else_ends_it() =>
        Assert.Equal(new PeakEnd.Overtaken(SomeSizes.Big), Assert.IsType<PeakStep.End>(PeakLooks.Next(Look, Slow, SomeSizes.Reading(SomeSizes.Big), Some.At(20))).How);

    private static PeakStep Next(GuardStanding guard, DateTimeOffset now) => PeakLooks.Next(Look, guard, There, now);
}
