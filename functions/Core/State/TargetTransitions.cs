using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Checks;
using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Forecasts.Loads;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies.Schedules;

namespace ScaleFunctions.Core.State;

/// <summary>
/// Every way a target's row may change. Each returns a new row that has yet to be written conditionally; the journal
/// entry that tells of the change travels in the same row.
/// </summary>
public static class TargetTransitions
{
    /// <summary>Spans kept on the row; when there are more, the older half moves to the journal.</summary>
    public const int SpansKept = 32;

    /// <summary>Raises whose duration is kept: enough to know the slow ones.</summary>
    public const int StartsKept = 20;

    /// <summary>Evaluations further apart than this are an outage of ours: what was wanted in between is not known.</summary>
    public static readonly TimeSpan Outage = TimeSpan.FromMinutes(10);

    /// <summary>What an evaluation may build on. After an outage of ours the stabilization window, and the time a signal was unreadable, begin anew.</summary>
    public static TargetHistory HistoryAt(this TargetRow row, DateTimeOffset now) =>
        now - row.EvaluatedAt > Outage ? row.History with { Desires = [], UnreadableSince = new Dictionary<string, DateTimeOffset>() } : row.History;

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

    /// <summary>Remembers one evaluation.</summary>
    /// <param name="row">The target's row.</param>
    /// <param name="latest">The decision, as a span of one evaluation.</param>
    /// <param name="wanted">Instances wanted before stabilization.</param>
    /// <param name="busy">The signals that were above zero.</param>
    /// <param name="memory">How far back the policy looks at most.</param>
    /// <param name="actor">The worker's name.</param>
    /// <param name="unreadable">The signals that could not be read.</param>
    /// <param name="load">The load that is forecast, when there is a new sample of it.</param>
    public static TargetRow Evaluated(
        this TargetRow row, DecisionSpan latest, int wanted, IReadOnlyList<string> busy, (TimeSpan Desires, TimeSpan Changes) memory, string actor,
        IReadOnlyList<string>? unreadable = null, LoadSample? load = null)
    {
        var now = latest.Until;
        var grows = row.Spans.Count > 0 && row.Spans[^1].Case == latest.Case;
        IReadOnlyList<DecisionSpan> spans = grows
            ? [.. row.Spans.SkipLast(1), latest with { From = row.Spans[^1].From, Evaluations = row.Spans[^1].Evaluations + 1 }]
            : [.. row.Spans, latest];
        var next = row.Learn(now, wanted, busy, memory, unreadable ?? [], load) with { Spans = spans };
        if (spans.Count <= SpansKept)
        {
            return next;
        }

        var older = spans.Take(SpansKept / 2).ToList();
        return (next with { Spans = [.. spans.Skip(SpansKept / 2)] }).Tell(
            now, JournalKind.Spans, actor, $"decisions from {older[0].From:u} to {older[^1].Until:u}",
            new SpanFacts(older), FactsJson.Default.SpanFacts);
    }

    /// <summary>What later evaluations build on, without what is told of this one.</summary>
    /// <param name="row">The target's row.</param>
    /// <param name="now">Time of the evaluation.</param>
    /// <param name="wanted">Instances wanted before stabilization.</param>
    /// <param name="busy">The signals that were above zero.</param>
    /// <param name="memory">How far back the policy looks at most.</param>
    /// <param name="unreadable">The signals that could not be read.</param>
    /// <param name="load">The load that is forecast, when there is a new sample of it.</param>
    public static TargetRow Learn(
        this TargetRow row, DateTimeOffset now, int wanted, IReadOnlyList<string> busy, (TimeSpan Desires, TimeSpan Changes) memory,
        IReadOnlyList<string> unreadable, LoadSample? load = null) => row with
        {
            EvaluatedAt = now,
            History = row.HistoryAt(now).Remember(new PastDesire(now, wanted), busy, memory.Desires, memory.Changes)
                .RememberUnreadable(unreadable, now),
            Load = load is null ? row.Load : LoadRecord.Add(row.Load, load),
        };

    /// <summary>Notices a capacity that is neither what was seen last nor what was asked for, unless it was seen before that.</summary>
    /// <param name="row">The target's row.</param>
    /// <param name="capacity">Instances there are now.</param>
    /// <param name="now">When they were counted.</param>
    /// <param name="actor">The worker's name.</param>
    /// <param name="cause">What an event told about the change; empty when nothing did.</param>
    public static TargetRow See(this TargetRow row, int capacity, DateTimeOffset now, string actor, string cause = "")
    {
        if (row.Intent is not null || row.LastKnownCapacity == capacity || now <= row.LastKnownAt)
        {
            return row;
        }

        var next = row with { LastKnownCapacity = capacity, LastKnownAt = now, OwnCapacity = null, Resets = ResetsWith(row, capacity, now) };
        return row.LastKnownCapacity is not { } expected
            ? next
            : (next with { Unexplained = new UnexplainedDrift(row.LastKnownAt ?? now, now, expected, capacity, 0) }).Tell(
                now, JournalKind.Drift, actor, $"the capacity is {capacity}, not {expected}, and it was not us{(cause.Length == 0 ? "" : $": {cause}")}",
                new DriftFacts(expected, capacity), FactsJson.Default.DriftFacts);
    }

    /// <summary>Tells who made a change that was not ours, or that the activity log does not know yet.</summary>
    /// <param name="row">The target's row.</param>
    /// <param name="drift">The change that was asked about; of a later one nothing is known.</param>
    /// <param name="who">What the log tells; empty when it tells nothing.</param>
    /// <param name="now">When it was asked.</param>
    /// <param name="actor">The worker's name.</param>
    public static TargetRow Explain(this TargetRow row, UnexplainedDrift drift, string who, DateTimeOffset now, string actor) =>
        row.Unexplained != drift ? row
        : who.Length == 0 ? row with { Unexplained = drift.Next() }
        : (row with { Unexplained = null }).Tell(
            now, JournalKind.Drift, actor, $"the change from {drift.Expected} to {drift.Found} instances, seen at {drift.At:u}: {who}",
            new DriftFacts(drift.Expected, drift.Found) { Who = who }, FactsJson.Default.DriftFacts);

    /// <summary>Notes a capacity that Azure's own autoscale may have changed at any time: that is what it is for, and no drift.</summary>
    public static TargetRow Follow(this TargetRow row, int capacity, DateTimeOffset now) =>
        row.LastKnownCapacity == capacity || now <= row.LastKnownAt ? row : row with { LastKnownCapacity = capacity, LastKnownAt = now };

    /// <summary>A change of what we had asked for; as many are kept as are judged.</summary>
    private static IReadOnlyList<PastReset> ResetsWith(TargetRow row, int capacity, DateTimeOffset now) =>
        row.OwnCapacity is { } own && own != capacity
            ? [.. row.Resets.Append(new PastReset(now, own, capacity)).TakeLast(ResetSuspicion.Times)]
            : row.Resets;

    /// <summary>Pauses a target, or resumes it when there is no pause given.</summary>
    public static TargetRow SetPause(this TargetRow row, TargetPause? pause, string by, string reason, DateTimeOffset now)
    {
        var text = pause is null
            ? $"resumed by {by}{(row.Quarantine is { } over ? $", which ends the quarantine since {over.Since:u}" : "")}: {reason}"
            : $"paused by {by} {(pause.Until is { } until ? $"until {until:u}" : "until resumed")}: {reason}";

        // Whoever resumes it has looked at what set it back, at what was taken back, and at what failed.
        var next = pause is null
            ? row with { Pause = null, Resets = [], Hold = null, Failures = [], Quarantine = null, Refusal = row.Quarantine is null ? row.Refusal : null }
            : row with { Pause = pause };
        return next.Tell(now, JournalKind.Pause, by, text, new HandleFacts(pause is not null, reason, pause?.Until), FactsJson.Default.HandleFacts);
    }

    /// <summary>Tells of a forecast that may act from now on, may not any more, or comes from another model.</summary>
    public static TargetRow Forecast(this TargetRow row, ForecastFacts facts, string text, DateTimeOffset now, string actor) =>
        row.Tell(now, JournalKind.Forecast, actor, text, facts, FactsJson.Default.ForecastFacts);

    /// <summary>Gives a target other bounds for a while, or takes them back when none are given.</summary>
    public static TargetRow SetOverride(this TargetRow row, BoundsOverride? given, string by, string reason, DateTimeOffset now)
    {
        var text = given is null
            ? $"override ended by {by}: {reason}"
            : $"{Bounds(given)} until {given.Until:u}, by {by}: {reason}";
        var facts = new OverrideFacts(given is not null, reason, given?.Until, given?.Minimum, given?.Maximum);
        return (row with { Override = given }).Tell(now, JournalKind.Override, by, text, facts, FactsJson.Default.OverrideFacts);

        static string Bounds(BoundsOverride given) => (given.Minimum, given.Maximum) switch
        {
            ({ } minimum, { } maximum) => $"minimum {minimum} and maximum {maximum}",
            ({ } minimum, null) => $"minimum {minimum}",
            _ => $"maximum {given.Maximum}",
        };
    }

    /// <summary>The row after its waiting entries are known to be in the journal.</summary>
    public static TargetRow Told(this TargetRow row) =>
        row.Journal.Outbox.Count == 0 ? row : row with { Journal = row.Journal with { Outbox = [] } };

    internal static TargetRow Tell<TFacts>(
        this TargetRow row, DateTimeOffset at, JournalKind kind, string actor, string text, TFacts facts, JsonTypeInfo<TFacts> json) =>
        row with
        {
            Journal = JournalChain.Append(
                row.Journal, row.Target.Key, at, kind, actor, text, JsonSerializer.SerializeToElement(facts, json)),
        };

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
