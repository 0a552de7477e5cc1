namespace ScaleFunctions.Core.Backtests.Tuning;

/// <summary>What a combination came to.</summary>
/// <param name="Point">The combination.</param>
/// <param name="First">On the part it may be chosen by.</param>
/// <param name="Rest">On the part after it; only for those worth a look.</param>
public sealed record TunedPoint(TuningPoint Point, BacktestRow First, BacktestRow? Rest = null);
