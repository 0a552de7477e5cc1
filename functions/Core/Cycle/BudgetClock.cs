using System.Globalization;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Raises for each budget that is due the same event that an action group of Azure leads to, hours earlier: every quarter of an hour,
/// and when a step that was announced may go on.
/// </summary>
public sealed class BudgetClock(BudgetStates states, IBudgetEvents events, BudgetCycle cycle, TimeProvider time)
{
    public const string Source = "fast-clock";

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(15);

    /// <returns>The budgets that are looked at, or were because no event could be published.</returns>
    public async Task<IReadOnlyList<string>> RaiseAsync(PolicySet policies, CancellationToken cancellationToken)
    {
        List<string> raised = [];
        var now = time.GetUtcNow();
        foreach (var policy in policies.BudgetAlerts)
        {
            var (record, version) = await states.ReadAsync(policy.Name, cancellationToken).ConfigureAwait(false);
            if (!IsDue(policy, record, now))
            {
                continue;
            }

            raised.Add(policy.Name);
            var minute = now.UtcDateTime.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);
            try
            {
                await events.PublishAsync($"{Source}-{policy.Name}-{version}-{minute}", new BudgetSignal(policy.Name, Source, $"{version}-{minute}"), now, cancellationToken).ConfigureAwait(false);
            }
            catch (BudgetEventException)
            {
                // The way through Event Grid is for those who say something from outside; a budget does not wait for it.
                await cycle.LookAsync(policy, policies, cancellationToken).ConfigureAwait(false);
            }
        }

        return raised;
    }

    private static bool IsDue(BudgetAlertsPolicy policy, BudgetRecord record, DateTimeOffset now) =>
        record.LookedAt is not { } looked || now - looked >= Every || record.Untold.Count > 0
        || (record.Ladder.Period is { } period && period.IsOver(now))
        || policy.Ladder.Any(step => Moves(policy, step, record.Ladder.Of(step.Name)) is { } moves && looked < moves && moves <= now);

    /// <summary>When the clock alone moves a step.</summary>
    private static DateTimeOffset? Moves(BudgetAlertsPolicy policy, BudgetStep step, KeptStep kept) => kept.Phase switch
    {
        BudgetPhase.Announced => kept.AnnouncedAt + step.Notice,
        BudgetPhase.InGrace => BudgetLadder.ActsAt(step, kept),
        BudgetPhase.Undoing => kept.UndoSince + policy.Undo.RestAfter,
        _ => null,
    };
}
