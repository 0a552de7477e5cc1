using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Takes one action on a count back at a person's word: to what was read before it, through the guards, as an action of its own. It
/// is written down, sent and settled as any other, so it works beside workers that tick; and with it the direction that was taken
/// back is held for a while, or the next tick would do the same again.
/// </summary>
public sealed class RollbackCycle(
    RowStore rows, IStateStore store, ScalingCycle cycle, ActionRunner actions, CycleOptions options, TimeProvider time)
{
    /// <summary>Entries of a target's journal that are looked through; what lies further back has newer actions after it.</summary>
    private const int Entries = 500;

    /// <summary>A tick writes the row as well; whoever is outrun looks again.</summary>
    private const int Attempts = 5;

    /// <summary>The span a person may hold a direction for.</summary>
    public static bool IsHold(TimeSpan hold) => hold >= Rollbacks.ShortestHold && hold <= Rollbacks.LongestHold;

    public async Task<RollbackResult> RunAsync(PolicySet policies, TargetId target, RollbackRequest request, CancellationToken cancellationToken)
    {
        using var activity = CycleActivity.Source.StartActivity("rollback");
        for (var attempt = 1; ; attempt++)
        {
            var (result, isOutrun) = await TryAsync(policies, target, request, cancellationToken).ConfigureAwait(false);
            if (!isOutrun || attempt == Attempts)
            {
                return result;
            }
        }
    }

    private async Task<(RollbackResult Result, bool IsOutrun)> TryAsync(
        PolicySet policies, TargetId target, RollbackRequest request, CancellationToken cancellationToken)
    {
        // In this order: whatever was done before the row was read is in the journal then, or waits in the row.
        var seen = await cycle.LookAtAsync(policies, target, cancellationToken).ConfigureAwait(false);
        if (seen is not TargetLook.Known look)
        {
            return Refuse(((TargetLook.Unknown)seen).Why);
        }

        var journal = await store.ReadJournalAsync(new JournalQuery(target.Key, Limit: Entries), cancellationToken).ConfigureAwait(false);
        if (PastAction.Find([.. journal, .. look.Row.Journal.Outbox], request.Epoch) is not { } action)
        {
            return (new RollbackResult.NotFound($"there is no action {request.Epoch} among the last {Entries} entries of {target.Name}'s journal"), false);
        }

        if (Rollbacks.WhyNot(action, look.Row, look.Evaluation.Target, look.Evaluation.Context.Steered is not null) is { Count: > 0 } reasons)
        {
            return (new RollbackResult.Refused(reasons), false);
        }

        var (outcome, warnings) = await PlanAsync(policies, action.Intent, request, look, cancellationToken).ConfigureAwait(false);
        if (outcome is not PlanOutcome.Planned { Plan: var plan })
        {
            return Refuse(outcome is PlanOutcome.Held held ? ReasonText.Of(held.Why.Reason) : OutcomeText.Reason(outcome));
        }

        var now = time.GetUtcNow();
        if (plan.IsLowering && ManualLowering.WhyNot(look.Evaluation.Target, plan.Goal, look.Rows, [], now, options.Interval) is { } why)
        {
            return Refuse(why);
        }

        var preview = new RollbackPreview(
            plan.From, plan.Goal, action.Intent.Base.Capacity, OutcomeText.Reason(outcome), [.. warnings.Select(ReasonText.Of)],
            Rollbacks.WasRaise(action.Intent), now + Rollbacks.HoldFor(action.Intent, request.Hold));
        return request.IsDryRun
            ? (new RollbackResult.Shown(preview), false)
            : await ActAsync(plan, look, request, preview, policies.Of(look.Evaluation.Target).Version, action.Intent.PolicyVersion, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<(PlanOutcome Outcome, IReadOnlyList<GuardReason> Warnings)> PlanAsync(
        PolicySet policies, Intent intent, RollbackRequest request, TargetLook.Known look, CancellationToken cancellationToken)
    {
        var seen = look.Evaluation.Target;
        var decision = Rollbacks.Decide(intent, request, look.Evaluation);
        var facts = await look.Preflights.OfAsync(
            seen, setting: null, acts: true, isRaise: decision.Desired > decision.Current, cancellationToken).ConfigureAwait(false);
        return RollbackPlanner.Plan(decision, look.Evaluation.Context with
        {
            Preflight = facts,
            Grounds = RefusalGrounds.Of(policies.Of(seen).Version, seen.Tags, facts, seen.Native),
        });
    }

    private async Task<(RollbackResult Result, bool IsOutrun)> ActAsync(
        Plan plan, TargetLook.Known look, RollbackRequest request, RollbackPreview preview, string policyVersion, string undoneVersion, CancellationToken cancellationToken)
    {
        // A tick may have written the row while metrics were read; what it may not have changed is what was planned on.
        var row = await rows.ReadAsync(plan.Target, cancellationToken).ConfigureAwait(false);
        if (row.Epoch != look.Row.Epoch || row.Intent is not null || row.Pause != look.Row.Pause || row.Override != look.Row.Override
            || row.RollOut?.Epoch != look.Row.RollOut?.Epoch || row.Restage?.Epoch != look.Row.Restage?.Epoch)
        {
            return (new RollbackResult.Refused(["the target's row was changed by somebody else"]), true);
        }

        if (plan.IsLowering && await ClaimAsync(plan, look.Evaluation.Target, cancellationToken).ConfigureAwait(false) is { } tooMany)
        {
            return Refuse(tooMany);
        }

        var order = ActionOrder.Of(plan, look.Evaluation, policyVersion) with
        {
            Actor = request.By,
            Undoes = new UndoneAction(request.Epoch, request.By, request.Reason, preview.HeldUntil) { PolicyVersion = undoneVersion },
            ReasonCode = "rollback",
        };
        var attempt = await actions.ActAsync(row, order, cancellationToken).ConfigureAwait(false);
        if (attempt.IsSent)
        {
            return (new RollbackResult.Sent(preview, attempt.Row.Epoch, attempt.Text), false);
        }

        await CloseAsync(plan.Target, row.Epoch + 1, request, cancellationToken).ConfigureAwait(false);
        return (new RollbackResult.Refused([attempt.Text]), attempt.IsOutrun);
    }

    /// <summary>
    /// Claims one of the lowerings of a tick: others may be taken back at the same time, and one conditional write of one row says
    /// who is among those that may. A claim of an action that comes to nothing counts for a tick all the same.
    /// </summary>
    /// <returns>Why it has to wait; nothing when it may be lowered.</returns>
    private async Task<string?> ClaimAsync(Plan plan, ObservedTarget target, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var stored = await rows.ReadAllAsync(cancellationToken).ConfigureAwait(false);
        string? why = null;
        await rows.ChangeFleetAsync(
            fleet =>
            {
                why = ManualLowering.WhyNot(target, plan.Goal, stored, LoweringClaim.Standing(fleet, now, options.Interval), now, options.Interval);
                return why is null ? LoweringClaim.Add(fleet, plan.Target, now, options.Interval) : fleet;
            },
            cancellationToken).ConfigureAwait(false);
        return why;
    }

    /// <summary>Who was outrun after the action was written down never sent it; it is ended here, so that it blocks nobody until the next tick.</summary>
    private async Task CloseAsync(TargetId target, long epoch, RollbackRequest request, CancellationToken cancellationToken)
    {
        var row = await rows.ReadAsync(target, cancellationToken).ConfigureAwait(false);
        if (row.Intent is { Phase: IntentPhase.Opened } left && left.Epoch == epoch && left.Undoes?.Epoch == request.Epoch)
        {
            await actions.SettleAsync(row, cancellationToken).ConfigureAwait(false);
        }
    }

    private static (RollbackResult Result, bool IsOutrun) Refuse(string why) => (new RollbackResult.Refused([why]), false);
}
