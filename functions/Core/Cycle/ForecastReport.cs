using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What a refresh of forecasts came to.</summary>
/// <param name="Refreshed">Targets that have a schedule made anew.</param>
/// <param name="Waiting">Targets whose load is not known well enough yet.</param>
/// <param name="Problems">Targets that could not be refreshed, and why.</param>
/// <param name="Left">Targets there was no time for; they come earlier in the next turn.</param>
public sealed record ForecastReport(int Refreshed, int Waiting, IReadOnlyList<(TargetId Target, string Why)> Problems, int Left = 0)
{
    public static readonly ForecastReport Nothing = new(0, 0, []);

    public ForecastReport With(ForecastReport other) =>
        new(Refreshed + other.Refreshed, Waiting + other.Waiting, [.. Problems, .. other.Problems], Left + other.Left);
}
