using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.State;

public sealed class ForeignOperationTransitionsTests
{
    private static readonly TargetRow New = new() { Target = Some.Id() };

    [Fact]
    public void One_that_keeps_a_change_waiting_for_an_hour_is_told_once_and_once_when_it_is_over()
    {
        var row = See(New, 0, 59);
        Assert.Equal((Some.At(0), null), (row.Foreign!.Since, row.Foreign.ToldAt));

        row = See(row, 60, 300);
        Assert.Equal(Some.At(60), row.Foreign!.ToldAt);
        Assert.Equal(
            "an operation that is not ours runs on web since 2026-03-02 12:00:00Z, and a change waits for it; it is not pre-empted. Please look at the resource's operations",
            Assert.Single(Told(row)).Text);

        row = See(row, 301, 302, isRunning: false);
        Assert.Null(row.Foreign);
        Assert.Equal("the operation that ran since 2026-03-02 12:00:00Z has ended", Told(row)[1].Text);
        Assert.Equal(2, Told(row).Count);
    }

    [Fact]
    public void One_that_keeps_nothing_waiting_is_told_to_nobody()
    {
        var row = See(New, 0, 300, keepsWaiting: false);

        Assert.Empty(Told(row));
        Assert.Equal(Some.At(301), See(row, 301, 301).Foreign!.ToldAt);
    }

    [Fact]
    public void Operations_one_after_the_other_are_none_that_is_long() => Assert.Empty(Told(See(See(See(New, 0, 40), 41, 41, isRunning: false), 42, 100)));

    [Fact]
    public void What_ran_before_an_outage_of_ours_may_have_ended() => Assert.Equal(Some.At(90), See(See(New, 0, 20), 90, 90).Foreign!.Since);

    [Fact]
    public void One_of_a_time_to_come_was_noted_by_a_clock_that_was_wrong() =>
        Assert.Equal(Some.At(20), See(New with { Foreign = new ForeignOperation(Some.At(500)), EvaluatedAt = Some.At(19) }, 20, 20).Foreign!.Since);

    [Fact]
    public void Our_own_operation_is_none()
    {
        var row = New with { Intent = Some.Intent(phase: Core.Actions.IntentPhase.Accepted) };

        Assert.Null(See(row, 0, 100).Foreign);
    }

    /// <summary>One look a minute.</summary>
    private static TargetRow See(TargetRow row, int from, int to, bool isRunning = true, bool keepsWaiting = true)
    {
        for (var minute = from; minute <= to; minute++)
        {
            row = row.SeeOperation(isRunning, keepsWaiting, Some.At(minute), "worker-1") with { EvaluatedAt = Some.At(minute) };
        }

        return row;
    }

    private static List<JournalEntry> Told(TargetRow row) => [.. row.Journal.Outbox.Where(entry => entry.Kind == JournalKind.ForeignOperation)];
}
