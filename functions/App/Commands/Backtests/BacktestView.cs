using ScaleFunctions.Core.Backtests;

namespace ScaleFunctions.App.Commands.Backtests;

/// <summary>What <c>backtest</c> found.</summary>
internal sealed record BacktestView
{
    public required string Workload { get; init; }

    public required string PolicyVersion { get; init; }

    public required string Trace { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    public required int WarmUpMinutes { get; init; }

    public required int BootMinutes { get; init; }

    public required double MeanInstances { get; init; }

    /// <summary>Minutes in which the recording was at its end, so that nobody knows how much was wanted.</summary>
    public required int CappedMinutes { get; init; }

    public decimal? PricePerHour { get; init; }

    public string Currency { get; init; } = "";

    public required IReadOnlyList<BacktestSignal> Signals { get; init; }

    public required IReadOnlyList<BacktestLine> Rows { get; init; }

    /// <summary>The guards that held changes back for most minutes, at most five.</summary>
    public required IReadOnlyList<HeldMinutes> Held { get; init; }

    /// <summary>What a reader of the figures has to know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>How the fleet went, for a chart.</summary>
    public required BacktestCourse Course { get; init; }

    /// <summary>What the policies changed in scored time, oldest first; the first 500.</summary>
    public required IReadOnlyList<BacktestChange> Changes { get; init; }

    /// <summary>How many there are.</summary>
    public required int ChangeCount { get; init; }

    private const int HeldShown = 5;
    private const int ChangesShown = 500;

    public static BacktestView Of(ReplayInputs inputs, BacktestResult result, string trace) => new()
    {
        Workload = inputs.Setup.Policies.Workload.Name,
        PolicyVersion = inputs.Policies.Version,
        Trace = trace,
        From = inputs.Span.ScoredFrom,
        To = inputs.Span.To,
        WarmUpMinutes = inputs.Span.WarmUpMinutes,
        BootMinutes = inputs.Setup.BootMinutes,
        MeanInstances = result.Load.Demand.MeanInstances,
        CappedMinutes = result.Load.CappedMinutes,
        PricePerHour = inputs.Price,
        Currency = inputs.Currency,
        Signals = [.. inputs.Setup.Signals.Select(signal => new BacktestSignal(signal.Name, signal.As, signal.Why))],
        Rows = [.. result.Rows.Select(row => BacktestLine.Of(row, inputs.Price))],
        Held = [.. result.Held.Take(HeldShown)],
        Notes = [.. ReplayNotes.Of(inputs)],
        Course = BacktestCourse.Of(result),
        Changes = [.. result.Changes.Take(ChangesShown).Select(change => BacktestChange.Of(change, result.Load))],
        ChangeCount = result.Changes.Count,
    };
}
