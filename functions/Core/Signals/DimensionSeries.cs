namespace ScaleFunctions.Core.Signals;

/// <summary>The time series of one combination of values.</summary>
/// <param name="Values">By dimension, whose names are compared without regard to case.</param>
/// <param name="Points">Its grains.</param>
public sealed record DimensionSeries(IReadOnlyDictionary<string, string> Values, IReadOnlyList<MetricPoint> Points);
