namespace ScaleFunctions.Core.Journal.Facts;

/// <summary>Whether a forecast may act, and what it has done so far.</summary>
/// <param name="IsAccepted">Whether it may act from now on.</param>
/// <param name="WhyNot">Why not; empty when it may.</param>
/// <param name="Model">The model that is followed.</param>
/// <param name="RelativeError">Its mean absolute error over the next two hours, as a share of that of the load a day before.</param>
/// <param name="Coverage">Share of the loads below the bound that promises 0.95.</param>
public sealed record ForecastFacts(bool IsAccepted, string WhyNot, string Model, double? RelativeError, double Coverage);
