using System.Diagnostics.Metrics;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Notifications;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// What the cycle counts and measures, for whoever listens; nobody listening, it costs a comparison. Names and units follow
/// OpenTelemetry: lower case, dots, units of UCUM. No attribute names a target, so that the series stay few.
/// </summary>
public static class CycleMeter
{
    public const string Name = "ScaleFunctions.Cycle";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Ticks = Meter.CreateCounter<long>(
        "scalefunctions.ticks", "{tick}", "Ticks that are over: finished when all batches reported, incomplete otherwise.");

    private static readonly Counter<long> Missed = Meter.CreateCounter<long>(
        "scalefunctions.ticks.missed", "{tick}", "Ticks that never began.");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "scalefunctions.tick.duration", "s", "From the beginning of a tick until its batches are sent (cut) or one of them is done (batch).");

    private static readonly Gauge<long> Targets = Meter.CreateGauge<long>(
        "scalefunctions.targets", "{target}", "Targets that the tick sent out.");

    private static readonly Counter<long> Decisions = Meter.CreateCounter<long>(
        "scalefunctions.decisions", "{decision}", "Evaluations of targets, by outcome.");

    private static readonly Counter<long> Holds = Meter.CreateCounter<long>(
        "scalefunctions.holds", "{decision}", "Evaluations that change nothing, by the reason: nothing to do, or the guard that holds it back.");

    private static readonly Counter<long> Actions = Meter.CreateCounter<long>(
        "scalefunctions.actions", "{action}", "Actions that ended, each once, by kind and outcome.");

    private static readonly Counter<long> Recoveries = Meter.CreateCounter<long>(
        "scalefunctions.recoveries", "{recovery}", "Changes that did harm and were taken back.");

    private static readonly Histogram<double> ForecastErrors = Meter.CreateHistogram<double>(
        "scalefunctions.forecast.error", "1", "Mean absolute error of the forecast that is followed, as a share of that of the day before.");

    private static readonly Gauge<long> Queued = Meter.CreateGauge<long>(
        "scalefunctions.queue.depth", "{message}", "Messages in a work queue, delayed and leased ones included.");

    private static readonly Counter<long> Alerts = Meter.CreateCounter<long>(
        "scalefunctions.alerts", "{message}", "Tries to send alerts, by outcome.");

    private static readonly Gauge<double> Savings = Meter.CreateGauge<double>(
        "scalefunctions.savings", "{currency}", "What lowerings have saved this month, by the latest statement.");

    /// <summary>Whether anybody wants to know how long the queues are: to count them costs a call each.</summary>
    internal static bool CountsQueues => Queued.Enabled;

    internal static void TickEnded(bool isFinished) => Ticks.Add(1, Outcome(isFinished ? "finished" : "incomplete"));

    internal static void TicksMissed(long ticks) => Missed.Add(ticks);

    /// <param name="phase">cut or batch.</param>
    /// <param name="duration">Since the tick began.</param>
    internal static void Took(string phase, TimeSpan duration) =>
        Duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("scalefunctions.tick.phase", phase));

    internal static void SentOut(int targets) => Targets.Record(targets);

    /// <param name="kind">What came of an evaluation.</param>
    /// <param name="why">Its case, where it is known; of what changes nothing it is counted, too.</param>
    internal static void Decided(ReportKind kind, string why = "")
    {
        Decisions.Add(1, Outcome(TelemetryNames.Of(kind)));
        if (kind is ReportKind.Hold or ReportKind.Held && why.Length > 0)
        {
            Holds.Add(1, Outcome(TelemetryNames.Of(kind)), new KeyValuePair<string, object?>("scalefunctions.reason", TelemetryNames.OfCase(why)));
        }
    }

    /// <param name="total">Of the month that goes on.</param>
    /// <param name="currency">ISO 4217 code.</param>
    internal static void Saved(decimal total, string currency) =>
        Savings.Record((double)total, new KeyValuePair<string, object?>("scalefunctions.currency", currency));

    internal static void Ended(Intent intent, IntentEnd end) => Actions.Add(1, Kind(TelemetryNames.KindOf(intent)), Outcome(TelemetryNames.Of(end)));

    /// <param name="kind">What was taken back: size.</param>
    internal static void Recovered(string kind) => Recoveries.Add(1, Kind(kind));

    /// <param name="relative">The error as a share of that of the day before.</param>
    internal static void Scored(double relative) => ForecastErrors.Record(relative);

    internal static void Waiting(WorkKind queue, int messages) =>
        Queued.Record(messages, new KeyValuePair<string, object?>("scalefunctions.queue", queue.ToString().ToLowerInvariant()));

    /// <summary>Counts what came of sending alerts; what did not happen is not counted.</summary>
    public static void Sent(AlertSending sending)
    {
        foreach (var (name, count) in new[] { ("sent", sending.Sent), ("failed", sending.Failed), ("given_up", sending.GivenUp.Count) })
        {
            if (count > 0)
            {
                Alerts.Add(count, Outcome(name));
            }
        }
    }

    private static KeyValuePair<string, object?> Outcome(string name) => new("scalefunctions.outcome", name);

    private static KeyValuePair<string, object?> Kind(string name) => new("scalefunctions.kind", name);
}
