using ScaleFunctions.App.Commands.Backtests;

namespace ScaleFunctions.App.Commands.Tuning;

/// <summary>What shall be tuned, as it was asked for.</summary>
/// <param name="Replay">What is replayed.</param>
/// <param name="ShortPercent">Most time short.</param>
/// <param name="Grid">What is tried; absent: the usual.</param>
/// <param name="Report">Where the page goes.</param>
/// <param name="Write">Where the policies go.</param>
/// <param name="IsForced">Whether a file there is replaced.</param>
internal sealed record TuneRequest(ReplayRequest Replay, double ShortPercent, string? Grid, string? Report, string? Write, bool IsForced);
