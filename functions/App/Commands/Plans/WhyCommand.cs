using System.CommandLine;
using System.Text.Json;
using ScaleFunctions.App.Commands.Operations;
using ScaleFunctions.App.Commands.Policies;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Local;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Commands.Plans;

/// <summary>Explains the decisions on one target.</summary>
internal static class WhyCommand
{
    public static Command Create()
    {
        var target = new Argument<string>("target") { Description = "Name or resource id." };
        var at = SharedOptions.Time("--at", "Explain the decision in force at this time (UTC unless it names an offset), for example 2026-01-05T08:30.");
        var limit = SharedOptions.Limit("At most so many decisions, the latest.", usual: 12);
        var state = SharedOptions.State();
        var format = SharedOptions.Format();
        var command = new Verb(
            "why", "Why a target is at its size: the latest decisions and what would have changed them.",
            "sf why web",
            "sf why web --at 2026-01-05T08:30")
        {
            target, at, limit, state, format,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(target)!, parsed.GetValue(at), parsed.GetValue(limit), parsed.GetValue(state), parsed.GetValue(format),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string name, DateTimeOffset? at, int limit, string? state, OutputFormat format, CancellationToken cancellationToken)
    {
        await using var view = await LocalView.RequireAsync(state, cancellationToken);
        var row = await view.FindAsync(name, cancellationToken);
        var journal = await view.Store.ReadJournalAsync(
            new JournalQuery(row.Target.Key, Limit: int.MaxValue), cancellationToken);
        var now = await view.NowAsync(cancellationToken);
        var all = Spans(row, journal).OrderBy(span => span.From).ToList();
        var chosen = at is { } time
            ? all.Where(span => span.From <= time && time < span.Until.AddMinutes(1)).TakeLast(1)
            : all.TakeLast(limit);
        var explanation = new Explanation(row.Target.Value, row.LastKnownCapacity, Now(row, now), [.. chosen.Select(Line)]);
        Print(explanation, format, at is { } asked
            ? $"nothing was decided on {row.Target.Name} at {asked:yyyy-MM-dd HH:mm}; "
                + (all.Count == 0 ? "nothing was decided yet" : $"decisions are known from {all[0].From:yyyy-MM-dd HH:mm} to {all[^1].Until:yyyy-MM-dd HH:mm}")
            : "nothing was decided yet");
        return ExitCodes.Done;
    }

    private static void Print(Explanation explanation, OutputFormat format, string whenEmpty)
    {
        if (format != OutputFormat.Json)
        {
            Terminal.Write(explanation.Target);
            Terminal.Write(explanation.Now);
        }

        var sheet = new Sheet("when", "instances", "what", "why", "what would change it");
        foreach (var line in explanation.Decisions)
        {
            sheet.Add(
                When(line),
                line.Goal == line.Current ? $"{line.Current}" : $"{line.Current} → {line.Goal}",
                line.What, line.Reason, line.Counterfactual);
        }

        sheet.Print(format, explanation, AppJson.Default.Explanation, whenEmpty);
    }

    /// <summary>The decisions on the row, and the older ones that moved to the journal.</summary>
    private static IEnumerable<DecisionSpan> Spans(TargetRow row, IReadOnlyList<JournalEntry> journal) => journal
        .Where(entry => entry.Kind == JournalKind.Spans)
        .SelectMany(entry => entry.Facts.Deserialize(FactsJson.Default.SpanFacts)!.Spans)
        .Concat(row.Spans)
        .DistinctBy(span => span.From);

    private static ExplanationLine Line(DecisionSpan span) => new(
        span.From, span.Until, span.Evaluations, span.Current, span.Desired, span.Case.Split('/')[0].Replace('-', ' '), span.Reason, span.Counterfactual);

    private static string When(ExplanationLine line) =>
        line.Evaluations == 1 ? $"{line.From:yyyy-MM-dd HH:mm}"
        : line.From.Date == line.Until.Date ? $"{line.From:yyyy-MM-dd HH:mm} to {line.Until:HH:mm}, {line.Evaluations} ×"
        : $"{line.From:yyyy-MM-dd HH:mm} to {line.Until:yyyy-MM-dd HH:mm}, {line.Evaluations} ×";

    private static string Now(TargetRow row, DateTimeOffset now)
    {
        var parts = new List<string> { $"{(row.LastKnownCapacity is 1 ? "1 instance" : $"{row.LastKnownCapacity?.ToString() ?? "unknown"} instances")}, {(row.Epoch == 1 ? "1 action" : $"{row.Epoch} actions")} so far" };
        if (row.Trial is { Version.Length: > 12 } trial)
        {
            parts.Add($"decided by policy set {trial.Version[..12]} since {trial.Since:yyyy-MM-dd HH:mm}");
        }

        if (row.Intent is { } intent)
        {
            parts.Add($"action {intent.Epoch} {IntentTransitions.Change(intent)} is {intent.Phase.ToString().ToLowerInvariant()}");
        }

        if (row.Check is { } check)
        {
            parts.Add($"waiting until {check.Deadline:HH:mm} for the instances of action {check.Epoch} to arrive");
        }

        if (row.RollOut is { } rollOut)
        {
            parts.Add($"{rollOut.To} is being brought to the instances since {rollOut.StartedAt:yyyy-MM-dd HH:mm}{(rollOut.IsUndo ? $", because {rollOut.From} is taken back: {rollOut.Why}" : "")}{(rollOut.Doubt.Length > 0 ? $", and waits: {rollOut.Doubt}" : "")}");
        }

        if (row.Restage is { } restage)
        {
            parts.Add($"on its way from {restage.From} to {restage.To} over a stop since {restage.StartedAt:yyyy-MM-dd HH:mm}{(restage.WasDown ? ", and stopped" : "")}{(restage.Why.Length > 0 ? $" ({restage.Why})" : "")}");
        }

        if (row.Peak is { } peak)
        {
            parts.Add($"{peak.Of.To} is looked at in the busiest hour, from {peak.From:yyyy-MM-dd HH:mm} to {peak.To:HH:mm}{(peak.Doubt.Length > 0 ? $" ({peak.Doubt})" : "")}");
        }

        if (row.Sizing is { } sizing)
        {
            parts.Add($"size, looked at {sizing.At:yyyy-MM-dd HH:mm}: {sizing.Reason}");
        }

        if (row.Pause is { } pause && pause.IsActive(now))
        {
            parts.Add($"paused by {pause.By} {(pause.Until is { } until ? $"until {until:yyyy-MM-dd HH:mm}" : "until resumed")}: {pause.Reason}");
        }

        if (row.Quarantine is { } quarantine)
        {
            parts.Add($"in quarantine since {quarantine.Since:yyyy-MM-dd HH:mm}, after {QuarantineTransitions.Ids(row.Target, quarantine)} failed, the last one {quarantine.Why}; 'resume' ends it");
        }

        if (row.Override is { } given && given.IsActive(now))
        {
            parts.Add($"{OverrideText.Of(given, row)} until {given.Until:yyyy-MM-dd HH:mm}, by {given.By}: {given.Reason}");
        }

        return string.Join("; ", parts);
    }
}
