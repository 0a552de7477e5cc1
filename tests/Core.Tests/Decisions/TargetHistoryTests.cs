using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Decisions;

public sealed class TargetHistoryTests
{
    [Fact]
    public void Remembers_since_when_a_signal_cannot_be_read_until_it_can()
    {
        var history = TargetHistory.Empty.RememberUnreadable(["cpu"], Some.At(0)).RememberUnreadable(["cpu", "memory"], Some.At(1));

        Assert.Equal((Some.At(0), Some.At(1)), (history.UnreadableSince["cpu"], history.UnreadableSince["memory"]));
        Assert.Equal(["memory"], history.RememberUnreadable(["memory"], Some.At(2)).UnreadableSince.Keys);
        Assert.Equal(Some.At(4), history.RememberUnreadable([], Some.At(3)).RememberUnreadable(["cpu"], Some.At(4)).UnreadableSince["cpu"]);
    }

    /// <summary>A clock that was put back must not make an outage that has just begun look old, or never let it be old.</summary>
    [Fact]
    public void A_beginning_that_lies_ahead_is_now() =>
        Assert.Equal(Some.At(0), TargetHistory.Empty.RememberUnreadable(["cpu"], Some.At(5)).RememberUnreadable(["cpu"], Some.At(0)).UnreadableSince["cpu"]);

    private static readonly TimeSpan Memory = Some.Minutes(15);

    [Fact]
    public void Leaves_out_repetitions() =>
        Assert.Equal([new PastDesire(Some.At(-5), 4)], Some.Desires(new PastDesire(Some.At(-5), 4)).Remember(new(Some.Noon, 4), [], Memory).Desires);

    [Fact]
    public void Keeps_the_desire_in_force_when_the_memory_begins()
    {
        var history = Some.Desires(new(Some.At(-60), 9), new(Some.At(-40), 7), new(Some.At(-5), 4));

        Assert.Equal(
            [new(Some.At(-40), 7), new(Some.At(-5), 4), new PastDesire(Some.Noon, 3)],
            history.Remember(new(Some.Noon, 3), [], Memory).Desires);
    }

    [Fact]
    public void Drops_changes_no_window_reaches()
    {
        var history = Some.Changes(new(Some.At(-15), 1, 2), new(Some.At(-14), 2, 3));

        Assert.Equal([new PastChange(Some.At(-14), 2, 3)], history.Remember(new(Some.Noon, 3), [], Memory).Changes);
    }

    [Fact]
    public void Forgets_a_change_that_was_none()
    {
        var history = Some.Changes(new(Some.At(-2), 1, 2), new(Some.At(-1), 2, 3));

        Assert.Equal([new PastChange(Some.At(-2), 1, 2)], history.Forget(Some.At(-1)).Changes);
        Assert.Equal(history.Changes, history.Forget(null).Changes);
    }

    [Fact]
    public void Remembers_for_each_signal_when_it_was_busy()
    {
        var history = TargetHistory.Empty.Remember(new(Some.At(-10), 4), ["cpu", "queue"], Memory).Remember(new(Some.Noon, 4), ["cpu"], Memory);

        Assert.Equal(Some.Noon, history.LastBusyAt["cpu"]);
        Assert.Equal(Some.At(-10), history.LastBusyAt["queue"]);
    }

    [Fact]
    public void Forgets_that_a_signal_was_busy_when_a_zero_is_believed_again() =>
        Assert.Empty(TargetHistory.Empty.Remember(new(Some.At(-60), 4), ["queue"], Memory).Remember(new(Some.Noon, 4), [], Memory).LastBusyAt);
}
