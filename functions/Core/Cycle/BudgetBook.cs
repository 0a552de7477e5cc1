using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;
using ScaleFunctions.Core.Notifications;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Changes what is kept of budgets, asks people, and tells the journal; takes what people want of steps.</summary>
public sealed class BudgetBook(RowStore rows, BudgetStates states, CycleOptions options, TimeProvider time, AlertOutbox? alerts = null)
{
    /// <summary>Two looks at a time are rare, and each is short.</summary>
    private const int Attempts = 4;

    /// <summary>A night, so that nobody has to be woken for a yes.</summary>
    private static readonly TimeSpan AnsweredWithin = TimeSpan.FromHours(12);

    /// <summary>A person undoes a step, or withdraws one that is announced; it rests until the period ends.</summary>
    /// <returns>Why that cannot be; nothing when it was done.</returns>
    public async Task<string?> UndoAsync(BudgetAlertsPolicy policy, string step, string by, string why, CancellationToken cancellationToken)
    {
        if (policy.Ladder.FirstOrDefault(each => each.Name == step) is null)
        {
            return $"the budget {policy.Name} has no step '{step}'; it has {string.Join(", ", policy.Ladder.Select(each => each.Name))}";
        }

        var now = time.GetUtcNow();
        await ChangeAsync(
            policy,
            record =>
            {
                var look = new LadderLook
                {
                    Policy = policy,
                    Kept = record.Ladder,
                    Judgement = new BudgetJudgement.NotJudged("a person was heard, nothing was read"),
                    Period = record.Ladder.Period is { } running && !running.IsOver(now) ? running : BudgetPeriods.Of(policy.Period, now),
                    Now = now,
                    Answers = [new StepAnswer(step, IsYes: false, by, why)],
                };
                var outcome = BudgetLadder.Climb(look);

                // Nothing was read, so that nothing is known to have been less calm either.
                var heard = outcome with { Next = outcome.Next with { CalmSince = record.Ladder.CalmSince, CalmAt = record.Ladder.CalmAt } };
                return Task.FromResult(record with { Ladder = heard.Next, Untold = [.. record.Untold, .. News(record, look, heard, by)] });
            },
            cancellationToken).ConfigureAwait(false);
        return null;
    }

    internal static List<BudgetNews> News(BudgetRecord record, LadderLook look, LadderOutcome outcome, string? by)
    {
        return
        [
            // What ends with a period is told before what begins in the next one.
            .. outcome.Changes.Where(IsOfTurn).Select(Told),
            .. outcome.Passed.Select(passed => new BudgetNews(look.Now, BudgetText.Of(look.Policy.Name, passed), Facts(record, look.Policy, null, by))),
            .. outcome.Changes.Where(change => !IsOfTurn(change)).Select(Told),
        ];

        BudgetStepKind? KindOf(LadderChange change) => look.Policy.Ladder.FirstOrDefault(step => step.Name == change.Step)?.Kind;

        static bool IsOfTurn(LadderChange change) => change.Reason is LadderReason.PeriodTurned;

        BudgetNews Told(LadderChange change) => new(
            look.Now, BudgetText.Of(look.Policy.Name, change, look.Policy.Mode == PolicyMode.Observe, look.Policy.Undo, KindOf(change)), Facts(record, look.Policy, change, by));
    }

    private BudgetNews Forgotten(BudgetAlertsPolicy policy, BudgetRecord record) => new(
        time.GetUtcNow(),
        $"what was kept of the budget {policy.Name} cannot be read: its ladder begins anew, what its steps held down comes back, and each is announced again",
        Facts(record, policy, null, null));

    internal static BudgetFacts Facts(BudgetRecord record, BudgetAlertsPolicy policy, LadderChange? change, string? by) =>
        new(policy.Name, change?.Step, change?.From.ToString(), change?.To.ToString(), by ?? (change?.Reason as LadderReason.Refused)?.By)
        {
            Currency = policy.Currency,
            Amount = record.Figures?.Amount,
            Spent = record.Figures?.Spent,
            Expected = record.Figures?.Expected,
            Coverage = record.Figures?.Coverage,
            Reach = record.Reach.Count == 0 ? null : record.Reach.Sum(step => step.Saves),
        };

    /// <summary>Writes what is kept, asks for what needs approval, and tells. What is not told by a crash is told by the next look.</summary>
    internal async Task<IReadOnlyList<BudgetNews>> ChangeAsync(BudgetAlertsPolicy policy, Func<BudgetRecord, Task<BudgetRecord>> change, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (record, version) = await states.ReadAsync(policy.Name, cancellationToken).ConfigureAwait(false);
            var next = await change(record).ConfigureAwait(false);
            if (record.IsForgotten)
            {
                next = next with { Untold = [Forgotten(policy, record), .. next.Untold] };
            }

            if (await states.WriteAsync(policy.Name, next, version, time.GetUtcNow(), cancellationToken).ConfigureAwait(false) is not { } written)
            {
                continue;
            }

            var asked = await AskAsync(policy, next, cancellationToken).ConfigureAwait(false);
            if (next.Untold.Count == 0 && ReferenceEquals(asked, next.Asked))
            {
                return [];
            }

            if (next.Untold.Count > 0)
            {
                await (alerts?.TellAsync(BudgetNotices.Of(policy, next.Untold), cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
                await rows.ChangeFleetAsync(row => next.Untold.Aggregate(row, (told, news) => told.TellBudget(news.Text, news.Facts, news.At, options.Worker)), cancellationToken).ConfigureAwait(false);
            }

            await states.WriteAsync(policy.Name, next with { Untold = [], Asked = asked }, written, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            return next.Untold;
        }

        throw new StateStoreException($"What is kept of the budget {policy.Name} changed {Attempts} times in a row; it is looked at again soon");
    }

    /// <summary>Asks for each announced step that needs a yes, once, and anew when nobody answered.</summary>
    private async Task<IReadOnlyDictionary<string, string>> AskAsync(BudgetAlertsPolicy policy, BudgetRecord record, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var waiting = policy.Ladder.Where(step => step.NeedsApproval && policy.Mode == PolicyMode.Act
            && record.Ladder.Of(step.Name) is { Phase: BudgetPhase.Announced or BudgetPhase.InGrace, ApprovedBy: "" }).ToList();
        if (waiting.Count == 0)
        {
            return record.Asked;
        }

        var fleet = await rows.ReadFleetAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<string, string> asked = new(record.Asked);
        foreach (var step in waiting.Where(step => Request(fleet, record, step.Name) is not { } open
            || open.CreatedAt < record.Ladder.Of(step.Name).AnnouncedAt || open.StatusAt(now) is ApprovalStatus.Expired or ApprovalStatus.Void))
        {
            var acts = BudgetLadder.ActsAt(step, record.Ladder.Of(step.Name)).UtcDateTime;
            var asking = ApprovalTransitions.Request(
                ApprovalKind.BudgetStep, $"the step {step.Name} of the budget {policy.Name} acts from {acts:yyyy-MM-dd HH:mm} UTC on", options.Worker, now);
            var request = asking with { ExpiresAt = now + AnsweredWithin };
            await rows.ChangeFleetAsync(row => row.Ask(request), cancellationToken).ConfigureAwait(false);
            asked[step.Name] = request.Id;
        }

        return asked.Count == record.Asked.Count && asked.All(each => record.Asked.GetValueOrDefault(each.Key) == each.Value) ? record.Asked : asked;
    }

    internal async Task<IReadOnlyList<StepAnswer>> AnswersAsync(BudgetRecord record, CancellationToken cancellationToken)
    {
        if (record.Asked.Count == 0)
        {
            return [];
        }

        var fleet = await rows.ReadFleetAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. record.Ladder.Steps
                .Where(step => step.Phase is BudgetPhase.Announced or BudgetPhase.InGrace)
                .Select(step => (step.Name, Request: Request(fleet, record, step.Name), step.AnnouncedAt))
                .Where(each => each.Request is { Answer: not null } && each.Request.CreatedAt >= each.AnnouncedAt)
                .Select(each => new StepAnswer(each.Name, each.Request!.Answer!.IsApproved, each.Request.Answer.By, each.Request.Answer.Reason)),
        ];
    }

    private static ApprovalRow? Request(FleetRow fleet, BudgetRecord record, string step) =>
        record.Asked.GetValueOrDefault(step) is { } id ? ApprovalDesk.Find(fleet, id) : null;
}
