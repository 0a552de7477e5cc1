using ScaleFunctions.Core.Backtests;

namespace ScaleFunctions.App.Commands.Backtests;

/// <summary>What a signal showed in a backtest.</summary>
/// <param name="Name">The signal.</param>
/// <param name="Shows">What it showed.</param>
/// <param name="Why">Why it showed nothing; empty when it did.</param>
internal sealed record BacktestSignal(string Name, ReplayedAs Shows, string Why);
