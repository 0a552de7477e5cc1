using ScaleFunctions.Core.Notifications;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Sees to it that owners are told of what stands about, and notes which of them know that it will be stopped: who has no channel, or
/// wants to hear nothing, was not told, and the days of the notice do not begin.
/// </summary>
public sealed class LeftoverTeller(LeftoverMarks marks, AlertOutbox outbox, AlertSnoozes snoozes, TimeProvider time)
{
    /// <exception cref="State.StateStoreException">The store is at fault; it is told the next time.</exception>
    public async Task TellAsync(PolicySet policies, CancellationToken cancellationToken)
    {
        if (policies.AlertChannels.Count == 0 || policies.UsageFindings.Count == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        var notices = LeftoverNotices.Of(policies, await marks.ListAsync(cancellationToken).ConfigureAwait(false), now);
        var quiet = await snoozes.ListAsync(cancellationToken).ConfigureAwait(false);
        await outbox.TellAsync([.. notices.Select(notice => notice.Held)], cancellationToken).ConfigureAwait(false);
        foreach (var (held, mark) in notices)
        {
            if (mark is { NoticeFrom: not null, NoticedAt: null } && held.Channels.Count > 0 && !quiet.Any(snooze => snooze.Quiets(held.Alert)))
            {
                await marks.NoticeAsync(mark, now, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
