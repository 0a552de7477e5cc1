using ScaleFunctions.Core.Backtests;

namespace ScaleFunctions.App.Commands.Scorecards;

/// <summary>What <c>scorecard</c> found: each policy over all series, and on each.</summary>
internal sealed record ScorecardView(IReadOnlyList<ScorecardSummary> Summary, IReadOnlyList<ScorecardRow> Rows);
