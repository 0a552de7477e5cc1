namespace ScaleFunctions.App.Hosting.Api;

/// <summary>Load and capacity of one target over the last hours.</summary>
/// <param name="Id">The target.</param>
/// <param name="From">Begin of the span.</param>
/// <param name="To">Its end.</param>
/// <param name="Capacity">Each holds until the next.</param>
/// <param name="Signals">Those of the last evaluation.</param>
internal sealed record SeriesAnswer(
    string Id, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<CapacityStep> Capacity, IReadOnlyList<SignalSeries> Signals)
{
    /// <summary>What is forecast; absent when nothing is.</summary>
    public ForecastView? Forecast { get; init; }
}
