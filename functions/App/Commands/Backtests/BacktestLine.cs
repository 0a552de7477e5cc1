using ScaleFunctions.Core.Backtests;

namespace ScaleFunctions.App.Commands.Backtests;

/// <summary>How one way of scaling did, as it is printed.</summary>
internal sealed record BacktestLine
{
    public required string Policy { get; init; }

    public required double InstanceHours { get; init; }

    /// <summary>Absent when nobody said what an instance costs.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Over perfect foresight with the same boot time.</summary>
    public required double CostOverOracle { get; init; }

    public required int MinutesShort { get; init; }

    /// <summary>Those of them in which the recording was at its end: more may have been missing.</summary>
    public required int MinutesShortWhileCapped { get; init; }

    public required double ShortPercent { get; init; }

    /// <summary>θ_U</summary>
    public required double ShortagePercent { get; init; }

    /// <summary>θ_O</summary>
    public required double SurplusPercent { get; init; }

    public required double InstabilityPercent { get; init; }

    public required double ActionsPerDay { get; init; }

    /// <summary>Changes that took back one of the hour before.</summary>
    public required double ReversalsPerDay { get; init; }

    public static BacktestLine Of(BacktestRow row, decimal? price) => new()
    {
        Policy = row.Policy,
        InstanceHours = row.Measures.InstanceHours,
        Cost = price is { } perHour ? decimal.Round((decimal)row.Measures.InstanceHours * perHour, 2) : null,
        CostOverOracle = row.CostOverOracle,
        MinutesShort = row.ShortMinutes,
        MinutesShortWhileCapped = row.CappedShortMinutes,
        ShortPercent = row.Measures.ShortPercent,
        ShortagePercent = row.Measures.ShortagePercent,
        SurplusPercent = row.Measures.SurplusPercent,
        InstabilityPercent = row.Measures.InstabilityPercent,
        ActionsPerDay = row.Measures.ActionsPerDay,
        ReversalsPerDay = row.Measures.QuickReversalsPerDay,
    };
}
