namespace ScaleFunctions.Core.Decisions.Scaling.Predictive;

/// <summary>Median and ninth decile of the load a lead time ahead, learned from the last weeks.</summary>
internal sealed class LearnedBand(int leadMinutes, int historyMinutes)
{
    // Neighbouring minutes tell much the same; every seventh keeps the fit quick. Seven has no common divisor with the
    // steps that metrics are recorded in, so each place within such a step is learned from.
    private const int Stride = 7;
    private const int LeastRows = 80;
    private const int Width = LoadFeatures.Count;

    private readonly QuantileRegression _median = new(0.5);
    private readonly QuantileRegression _high = new(0.9);
    private readonly RecentValues _rows = new(historyMinutes / Stride * Width);
    private readonly RecentValues _targets = new(historyMinutes / Stride);
    private readonly double[] _waiting = new double[(leadMinutes + 1) * Width];
    private long _seen;

    public bool IsFitted => _median.IsFitted;

    /// <summary>Takes the features and the load of a minute; the load is what has come of the features a lead time before.</summary>
    public void Learn(ReadOnlySpan<double> row, double load)
    {
        var from = _seen - leadMinutes;
        if (from >= 0 && from % Stride == 0)
        {
            foreach (var value in Waiting(from))
            {
                _rows.Add(value);
            }

            _targets.Add(load);
        }

        row.CopyTo(Waiting(_seen));
        _seen++;
    }

    public void Fit(double level)
    {
        var count = Math.Min(_targets.Count, historyMinutes / Stride);
        if (count >= LeastRows)
        {
            var rows = _rows.All[^(count * Width)..];
            var targets = _targets.All[^count..];
            _median.Fit(rows, targets, level);
            _high.Fit(rows, targets, level);
        }
    }

    public (double Centre, double Spread) Predict(ReadOnlySpan<double> row, double leastSpread)
    {
        var centre = Math.Max(_median.Predict(row), 0);
        return (centre, Math.Max(_high.Predict(row) - centre, leastSpread));
    }

    private Span<double> Waiting(long minute) => _waiting.AsSpan((int)(minute % (leadMinutes + 1)) * Width, Width);
}
