using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Forecasts.Loads;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;
using ScaleFunctions.Core.Policies.Schedules;

namespace ScaleFunctions.Core.State;

/// <summary>
/// What a target's row remembers of evaluations, and what a person asks of it. Every way the row may change is a function in
/// a <c>…Transitions</c> class of this folder: it returns a new row that has yet to be written conditionally, and the journal
/// entry that tells of the change travels in the same row.
/// </summary>
public static class TargetTransitions
{
    /// <summary>Spans kept on the row; when there are more, the older half moves to the journal.</summary>
    public const int SpansKept = 32;

    /// <summary>Evaluations further apart than this are an outage of ours: what was wanted in between is not known.</summary>
    public static readonly TimeSpan Outage = TimeSpan.FromMinutes(10);

    /// <summary>What an evaluation may build on. After an outage of ours the stabilization window, and the time a signal was unreadable, begin anew.</summary>
    public static TargetHistory HistoryAt(this TargetRow row, DateTimeOffset now) =>
        now - row.EvaluatedAt > Outage ? row.History with { Desires = [], UnreadableSince = new Dictionary<string, DateTimeOffset>() } : row.History;

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
}
