namespace ScaleFunctions.Core.Cycle;

/// <summary>How far the refresh of forecasts has come.</summary>
/// <param name="Next">The minute of the quarter of an hour whose targets come next.</param>
/// <param name="Owed">Minutes that had come by then and were not dealt with.</param>
/// <param name="Minute">When that was, in minutes.</param>
public sealed record ForecastTurn(int Next, int Owed, long Minute);
