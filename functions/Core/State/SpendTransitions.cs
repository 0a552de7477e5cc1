using System.Globalization;
using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;

namespace ScaleFunctions.Core.State;

/// <summary>How the fleet's row notes what is spent beyond the usual: what it says is open is told, once.</summary>
public static class SpendTransitions
{
    /// <summary>More at a time nobody would read.</summary>
    public const int MostOpen = 50;

    /// <summary>Notes that more is spent than usual; nothing is changed where that is known, or too much is open.</summary>
    public static FleetRow BeginAnomaly(this FleetRow row, SpendAnomaly anomaly, DateTimeOffset now, string actor) =>
        row.SpendAnomalies.Count >= MostOpen || row.SpendAnomalies.Any(open => open.Name == anomaly.Name) ? row
        : (row with { SpendAnomalies = [.. row.SpendAnomalies, anomaly] }).Tell(now, JournalKind.Spend, actor, Text(anomaly), new SpendFacts(anomaly, null), FactsJson.Default.SpendFacts);

    /// <summary>Notes that it is over.</summary>
    public static FleetRow EndAnomaly(this FleetRow row, string name, decimal perHour, DateTimeOffset now, string actor) =>
        row.SpendAnomalies.FirstOrDefault(open => open.Name == name) is not { } over ? row
        : (row with { SpendAnomalies = [.. row.SpendAnomalies.Where(open => open.Name != name)] }).Tell(
            now, JournalKind.Spend, actor,
            string.Create(CultureInfo.InvariantCulture, $"spend of {name} is usual again: {perHour:0.00} {over.Currency} an hour, after {(now - over.Since).TotalHours:0.#} h above {over.MostPerHour:0.00}"),
            new SpendFacts(over, now), FactsJson.Default.SpendFacts);

    /// <summary>Ends what nobody watches any more: a policy that went would leave it open for ever.</summary>
    public static FleetRow KeepAnomalies(this FleetRow row, IReadOnlySet<string> watched, DateTimeOffset now, string actor) =>
        row.SpendAnomalies.Where(open => !watched.Contains(open.Name)).Aggregate(row, (kept, open) => (kept with { SpendAnomalies = [.. kept.SpendAnomalies.Where(each => each.Name != open.Name)] }).Tell(
            now, JournalKind.Spend, actor, $"spend of {open.Name} is not watched any more", new SpendFacts(open, now), FactsJson.Default.SpendFacts));

    private static string Text(SpendAnomaly anomaly) => string.Create(
        CultureInfo.InvariantCulture,
        $"{anomaly.Name} spends {anomaly.PerHour:0.00} {anomaly.Currency} an hour, usual at this hour are {anomaly.UsualPerHour:0.00} and at most {anomaly.MostPerHour:0.00}")
        + string.Concat(anomaly.Causes.Select(cause => string.Create(CultureInfo.InvariantCulture, $"; {cause.PerHour:0.00} more for {cause.Resource[(cause.Resource.LastIndexOf('/') + 1)..]}: {cause.What}")));
}
