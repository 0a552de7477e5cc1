using System.Globalization;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Commands.Plans;

/// <summary>
/// What an evaluation could not look at, as lines of its plan: an estate that could not be read looks like one in which nothing is to
/// do, in whatever format it is told.
/// </summary>
internal static class PlanGaps
{
    /// <summary>What is not sent because of Azure's limits says so: <c>RequestDeferredException</c>.</summary>
    private const string Deferred = "deferred at ";

    public static IReadOnlyList<PlanLine> Of(Rehearsal rehearsal) =>
    [
        .. rehearsal.Seen is InventoryReading.Partial partial
            ? [Line("(the estate)", "not all read", $"not all of the estate could be read, so nothing is lowered: {partial.Reason}")]
            : Array.Empty<PlanLine>(),
        .. rehearsal.Seen.Unread.Select(unread => Line(
            $"({unread.ResourceType})", "not listed", $"nothing depends on it; in subscription {unread.Subscription}: {unread.Why}")),
        .. Signals(rehearsal),
    ];

    private static IEnumerable<PlanLine> Signals(Rehearsal rehearsal)
    {
        var why = rehearsal.Evaluations
            .Select(evaluation => evaluation.Readings.OfType<SignalReading.Missing>().FirstOrDefault(reading => reading.Reason.Contains(Deferred, StringComparison.Ordinal)))
            .OfType<SignalReading.Missing>().ToList();
        if (why.Count > 0)
        {
            yield return Line("(signals)", "deferred", string.Create(
                CultureInfo.InvariantCulture,
                $"signals of {why.Count} of {rehearsal.Evaluations.Count} targets were left for later, because Azure's limits would have had them wait too long; the first: {why[0].Reason}"));
        }
    }

    private static PlanLine Line(string what, string outcome, string why) => new(what, "", 0, 0, outcome, WouldChange: false, why, "");
}
