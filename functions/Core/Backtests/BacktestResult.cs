namespace ScaleFunctions.Core.Backtests;

/// <summary>What came of a replay.</summary>
public sealed record BacktestResult
{
    public required ReplayedLoad Load { get; init; }

    /// <summary>How the fleet went under the policies.</summary>
    public required FleetCourse Course { get; init; }

    /// <summary>How the fleet really went; absent where nobody knows.</summary>
    public FleetCourse? Recorded { get; init; }

    /// <summary>What they changed in scored minutes.</summary>
    public required IReadOnlyList<ReplayedChange> Changes { get; init; }

    /// <summary>For each minute the instances foreseen for it; empty without forecasts.</summary>
    public required IReadOnlyList<int?> Predicted { get; init; }

    /// <summary>Perfect foresight.</summary>
    public required ScalingMeasures Oracle { get; init; }

    /// <summary>The policies first, then what they are compared with.</summary>
    public required IReadOnlyList<BacktestRow> Rows { get; init; }

    /// <summary>The guards that held changes back, the most minutes first.</summary>
    public required IReadOnlyList<HeldMinutes> Held { get; init; }

    public BacktestRow Own => Rows[0];
}
