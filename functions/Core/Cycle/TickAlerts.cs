using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What began since the last tick and a person has to be told of once. The journal has all of it too.</summary>
internal static class TickAlerts
{
    /// <summary>Everything that began from the last tick on and before this one.</summary>
    /// <param name="last">When the last tick began; absent when there was none.</param>
    /// <param name="stored">The rows of all targets.</param>
    /// <param name="fleet">The fleet's row, as it was when this tick began.</param>
    /// <param name="now">When this tick began.</param>
    public static IEnumerable<string> Since(DateTimeOffset? last, IReadOnlyList<TargetRow> stored, FleetRow fleet, DateTimeOffset now) =>
        last is not { } since ? [] :
    [
        .. fleet.Shortages.Where(each => IsNew(each.Since, since, now)).Select(each => each.Text),
        .. stored.Where(row => IsNew(row.Quarantine?.Since, since, now)).Select(row => QuarantineTransitions.Text(row.Target, row.Quarantine!)),
        .. stored.Where(row => IsNew(row.Foreign?.ToldAt, since, now)).Select(row => ForeignOperationTransitions.Text(row.Target, row.Foreign!)),
    ];

    private static bool IsNew(DateTimeOffset? at, DateTimeOffset since, DateTimeOffset now) => at >= since && at < now;
}
