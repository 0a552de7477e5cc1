using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What a refresh of forecasts came to.</summary>
/// <param name="Refreshed">Targets that have a schedule made anew.</param>
/// <param name="Waiting">Targets whose load is not known well enough yet.</param>
/// <param name="Problems">Targets that could not be refreshed, and why.</param>
public sealed record ForecastReport(int Refreshed, int Waiting, IReadOnlyList<(TargetId Target, string Why)> Problems)
{
    public static readonly ForecastReport Nothing = new(0, 0, []);
}
