using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Checks;
using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;
using ScaleFunctions.Core.Plans;

namespace ScaleFunctions.Core.State;

/// <summary>How an action goes through a target's row: written down, sent, taken or in doubt, ended, and checked.</summary>
public static class IntentTransitions
{
    /// <summary>Raises whose duration is kept: enough to know the slow ones.</summary>
    public const int StartsKept = 20;

    /// <summary>Writes an action down. Fails when one is open: there is at most one in flight.</summary>
    /// <exception cref="InvalidOperationException">An action is open, or the epoch is not the next one.</exception>
    public static TargetRow Open(this TargetRow row, Intent intent, Plan plan) => row.Open(
        intent, new DecisionFacts(intent, plan.Decision.Wanted, plan.Decision.Desired, intent.Cause, plan.Decision.Counterfactuals), plan.IsRenewal);

    /// <summary>Writes an action down, with what is told of the decision behind it.</summary>
    /// <param name="row">The target's row.</param>
    /// <param name="intent">The action.</param>
    /// <param name="facts">What the journal keeps of the decision.</param>
    /// <param name="isRenewal">Whether it leaves open what was asked for before.</param>
    /// <exception cref="InvalidOperationException">An action is open, or the epoch is not the next one.</exception>
    public static TargetRow Open(this TargetRow row, Intent intent, DecisionFacts facts, bool isRenewal)
    {
        if (row.Intent is not null)
        {
            throw new InvalidOperationException($"Action {row.Intent.Epoch} is still open on {row.Target}");
        }

        if (intent.Epoch != row.Epoch + 1 || intent.Phase != IntentPhase.Opened)
        {
            throw new InvalidOperationException($"Action {intent.Epoch} does not follow epoch {row.Epoch} on {row.Target}");
        }

        // Keeping a floor up says nothing of the instances that were asked for before.
        var superseded = row.Check is not null && !isRenewal
            ? row.EndCheck(new CheckEnd.Superseded(intent.Epoch), intent.OpenedAt, intent.Actor)
            : row;
        var hold = intent.Undoes is { } undone
            ? new DirectionHold(OfRaises: !intent.AddsInstances(), intent.Epoch, undone.By, undone.Why, undone.HeldUntil)
            : superseded.Hold;
        var kept = intent.Undoes is { } undoes ? intent with { Undoes = undoes with { Before = superseded.Hold } } : intent;
        return (superseded with { Epoch = intent.Epoch, Intent = kept, Hold = hold }).Tell(
            intent.OpenedAt, JournalKind.IntentOpened, intent.Actor,
            Cause(intent), facts, FactsJson.Default.DecisionFacts);
    }

    /// <summary>
    /// Marks the action as about to be sent; from here on it counts as a change. An expired action is never sent.
    /// </summary>
    /// <exception cref="InvalidOperationException">The action is not in its first phase, or has expired.</exception>
    public static TargetRow Send(this TargetRow row, DateTimeOffset now)
    {
        var intent = Require(row, IntentPhase.Opened);
        if (now >= intent.ExpiresAt)
        {
            throw new InvalidOperationException($"Action {intent.Epoch} on {row.Target} has expired");
        }

        // A floor that is only kept up changes nothing; one that is raised moves the count there was.
        var from = intent.AddsInstances() ? intent.Instances ?? intent.Base.Capacity : intent.Base.Capacity;
        return (row with
        {
            Intent = intent with { Phase = IntentPhase.Sent, SentAt = now },
            History = (intent.Setting is not null && from == intent.Goal) || !intent.ChangesCount ? row.History : row.History.Add(new PastChange(now, from, intent.Goal) { IsUnexpected = intent.IsUnexpected, IsByHand = intent.Undoes is not null }),
            Sizes = intent.Size is { } size ? row.Sizes.Add(new PastSize(now, intent.Base.Sku, size, intent.RollOut?.Undoes is not null)) : row.Sizes,
        }).Tell(now, JournalKind.IntentSent, intent.Actor, "sending to Azure", Phase(intent), FactsJson.Default.PhaseFacts);
    }

    public static TargetRow Accept(this TargetRow row, Uri? operation, DateTimeOffset now)
    {
        var intent = Require(row, IntentPhase.Sent) with { Phase = IntentPhase.Accepted, Operation = operation };
        var accepted = intent.Setting is null && intent.ChangesCount
            ? row with { Intent = intent, LastKnownCapacity = intent.Goal, LastKnownAt = now, OwnCapacity = intent.Goal }
            : row with { Intent = intent };
        return accepted.Tell(
            now, JournalKind.IntentAccepted, intent.Actor, "Azure took it", Phase(intent), FactsJson.Default.PhaseFacts);
    }

    /// <summary>No answer came: the action stays open, and blocks the target, until the resource tells.</summary>
    public static TargetRow Doubt(this TargetRow row, string why, DateTimeOffset now)
    {
        var intent = Require(row, IntentPhase.Sent) with { Phase = IntentPhase.Unknown };
        return (row with { Intent = intent }).Tell(
            now, JournalKind.IntentUnknown, intent.Actor, $"no proof whether it landed: {why}", Phase(intent), FactsJson.Default.PhaseFacts);
    }

    /// <summary>Closes the action. What Azure may have changed is watched.</summary>
    /// <exception cref="InvalidOperationException">No action is open.</exception>
    public static TargetRow End(this TargetRow row, IntentEnd end, DateTimeOffset now)
    {
        var intent = row.Intent ?? throw new InvalidOperationException($"No action is open on {row.Target}");
        row = SizeTransitions.Restaged(row, end);
        if (row.Hold?.Epoch == intent.Epoch && !end.MayHaveChangedAzure)
        {
            // Nothing was taken back, so there is nothing that must not be done again.
            row = row with { Hold = intent.Undoes?.Before };
        }

        var facts = new EndFacts(
            intent.Epoch, end.GetType().Name, intent.Base.Capacity, intent.Goal, (now - (intent.SentAt ?? now)).TotalSeconds)
        {
            Setting = intent.Setting,
            Size = intent.Size,
        };
        if (!intent.ChangesCount)
        {
            return (SizeTransitions.End(row, intent, end, now) with { Intent = null }).Tell(
                now, JournalKind.IntentEnded, intent.Actor, ReasonText.Of(end), facts, FactsJson.Default.EndFacts).CountFailure(intent, end, now);
        }

        return (row with
        {
            Intent = null,
            Check = end is IntentEnd.Done or IntentEnd.Failed && (intent.Setting is null || intent.AddsInstances()) ? ArrivalCheck.Begin(intent, now) : row.Check,
            LastKnownCapacity = intent.Setting is null ? CapacityAfter(row, intent, end) : row.LastKnownCapacity,
            OwnCapacity = intent.Setting is not null ? row.OwnCapacity : end is IntentEnd.Done ? intent.Goal : end.MayHaveChangedAzure ? null : row.OwnCapacity,
            LastKnownAt = end.MayHaveChangedAzure && intent.Setting is null ? now : row.LastKnownAt,
            History = end.MayHaveChangedAzure ? row.History : row.History.Forget(intent.SentAt),

            // Azure took the stop, so it was down, and somebody started it before we looked: that is left alone, as later.
            Off = end is IntentEnd.Overtaken after && intent.Phase is IntentPhase.Accepted && row.Off is { IsLowered: true, DownAt: null } off
                && intent.Goal <= off.Goal && after.Capacity > off.Goal ? off with { DownAt = now } : row.Off,
        }).Tell(now, JournalKind.IntentEnded, intent.Actor, ReasonText.Of(end), facts, FactsJson.Default.EndFacts)
            .LearnRefusal(intent, end, now).CountFailure(intent, end, now);
    }

    /// <summary>Closes the check after an action.</summary>
    /// <exception cref="InvalidOperationException">No check is open.</exception>
    public static TargetRow EndCheck(this TargetRow row, CheckEnd end, DateTimeOffset now, string actor)
    {
        var check = row.Check ?? throw new InvalidOperationException($"No check is open on {row.Target}");
        var facts = new EndFacts(check.Epoch, end.GetType().Name, check.From, check.Goal, (now - check.StartedAt).TotalSeconds);
        var starts = end is CheckEnd.Arrived && check.Goal > check.From && check.AskedAt is { } asked
            ? [.. row.StartSeconds.Skip(row.StartSeconds.Count - StartsKept + 1), (now - asked).TotalSeconds]
            : row.StartSeconds;
        return (row with { Check = null, StartSeconds = starts, Trial = end is CheckEnd.Incomplete ? row.Trial?.Breached(check.PolicyVersion, now) : row.Trial }).Tell(
            now, JournalKind.CheckEnded, actor, ReasonText.Of(end), facts, FactsJson.Default.EndFacts);
    }

    /// <summary>What an action changes, for people: <c>4 → 6 instances</c>.</summary>
    public static string Change(Intent intent) => intent.Setting is { } setting
        ? $"floor {intent.Base.Capacity} → {intent.Goal} in the autoscale setting {setting.Name}"
        : intent.Size is { } size ? $"{intent.Base.Sku} → {size}"
        : intent.Upgrade is { } instances ? $"{(instances.Count == 1 ? "1 instance" : $"{instances.Count} instances")} to {intent.Base.Sku}"
        : $"{intent.Base.Capacity} → {intent.Goal} instances";

    /// <summary>What is changed and why, where the cause does not begin with it anyway.</summary>
    private static string Cause(Intent intent) =>
        Change(intent) is var change && intent.Cause.StartsWith(change, StringComparison.Ordinal) ? intent.Cause : $"{change}: {intent.Cause}";

    private static Intent Require(TargetRow row, IntentPhase phase) =>
        row.Intent is { } intent && intent.Phase == phase
            ? intent
            : throw new InvalidOperationException($"The action on {row.Target} is {row.Intent?.Phase.ToString() ?? "absent"}, not {phase}");

    private static PhaseFacts Phase(Intent intent) =>
        new(intent.Epoch, intent.Base.Capacity, intent.Goal, intent.Operation) { Setting = intent.Setting, Size = intent.Size };

    private static int? CapacityAfter(TargetRow row, Intent intent, IntentEnd end) => end switch
    {
        IntentEnd.Done or IntentEnd.TimedOut => intent.Goal,
        IntentEnd.Failed failed => failed.Capacity,
        IntentEnd.Overtaken overtaken => overtaken.Capacity,
        IntentEnd.Gone => null,
        _ => row.LastKnownCapacity,
    };
}
