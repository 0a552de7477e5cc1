namespace ScaleFunctions.Core.Forecasts;

/// <summary>
/// Carries the recent errors of a baseline forward: for each horizon a least-squares regression of the error then on
/// what is known now (the latest error, its slow and fast mean, and the errors a season before). Each origin's
/// coefficients come from errors before it. Direct regression by horizon: Chevillon (2007), "Direct multi-step
/// estimation and forecasting".
/// </summary>
internal sealed class ErrorCorrection
{
    /// <summary>Most features: latest, slow mean, fast mean, a season before the target, a season before the next step.</summary>
    public const int MostFeatures = 5;

    // The regression is made at these shares of a day (in 96ths) and interpolated: errors fade smoothly.
    private static readonly double[] Grid = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96];
    private const double Slow = 0.05;
    private const double Fast = 0.5;

    // Ridge as a share of the mean feature variance: enough for a sound inverse, too little to bend the fit.
    private const double Ridge = 0.01;

    private readonly SeriesWindow _window;
    private readonly int _features;
    private readonly double[] _errors;
    private readonly double[] _slow;
    private readonly double[] _fast;
    private readonly double[] _largest;
    private readonly int[] _horizons;

    /// <param name="window">The values.</param>
    /// <param name="values">n values, in the scale of the baseline.</param>
    /// <param name="baseline">At least n values; the first season does not count.</param>
    /// <param name="features">How many features to use, in the order above.</param>
    public ErrorCorrection(SeriesWindow window, double[] values, double[] baseline, int features)
    {
        (_window, _features) = (window, features);
        var n = window.Points;
        (_errors, _slow, _fast) = (new double[n], new double[n], new double[n]);
        _largest = new double[n];
        var (slow, fast, largest) = (0d, 0d, 0d);
        for (var i = window.Period; i < n; i++)
        {
            _errors[i] = values[i] - baseline[i];
            slow += Slow * (_errors[i] - slow);
            fast += Fast * (_errors[i] - fast);
            largest = Math.Max(largest, Math.Abs(_errors[i]));
            (_slow[i], _fast[i], _largest[i]) = (slow, fast, largest);
        }

        _horizons = [.. Grid.Select(share => Math.Max(1, (int)Math.Round(share * window.StepsPerDay / 96))).Distinct()];
    }

    /// <summary>Fills each path with the errors to expect after its origin.</summary>
    public void Forecast(ReadOnlySpan<int> origins, double[][] paths)
    {
        var coefficients = new double[origins.Length * _horizons.Length * _features];
        for (var h = 0; h < _horizons.Length; h++)
        {
            Fit(origins, h, coefficients);
        }

        for (var o = 0; o < origins.Length; o++)
        {
            var size = _horizons.Length * _features;
            Project(origins[o], coefficients.AsSpan(o * size, size), paths[o]);
        }
    }

    // One pass over the errors serves all origins: at each, the sums so far are its own training set.
    private void Fit(ReadOnlySpan<int> origins, int h, double[] coefficients)
    {
        var horizon = _horizons[h];
        Span<double> squares = stackalloc double[MostFeatures * MostFeatures];
        Span<double> products = stackalloc double[MostFeatures];
        squares.Clear();
        products.Clear();
        var now = _window.Period + (_window.Period / 4);
        for (var o = 0; o < origins.Length; o++)
        {
            var count = Math.Max(0, origins[o] - horizon - now);
            var target = count == 0 ? [] : _errors.AsSpan(now + horizon, count);
            for (var i = 0; i < _features; i++)
            {
                var feature = Column(i, now, horizon, count);
                products[i] += VectorProduct.Of(feature, target);
                for (var k = 0; k <= i; k++)
                {
                    squares[(i * _features) + k] += VectorProduct.Of(feature, Column(k, now, horizon, count));
                }
            }

            now += count;
            LeastSquares.Solve(
                squares[..(_features * _features)], products[.._features], Ridge,
                coefficients.AsSpan(((o * _horizons.Length) + h) * _features, _features));
        }
    }

    // A feature of the steps from now on. Errors of the first season are zero: there the baseline is the value itself.
    private ReadOnlySpan<double> Column(int feature, int now, int horizon, int count) => feature switch
    {
        _ when count == 0 => [],
        0 => _errors.AsSpan(now, count),
        1 => _slow.AsSpan(now, count),
        2 => _fast.AsSpan(now, count),
        3 => _errors.AsSpan(now + horizon - (_window.Period * ((horizon + _window.Period - 1) / _window.Period)), count),
        _ => _errors.AsSpan(now + 1 - _window.Period, count),
    };

    private void Project(int origin, ReadOnlySpan<double> coefficients, double[] path)
    {
        var left = 0;
        for (var i = 0; i < path.Length; i++)
        {
            var ahead = i + 1;
            while (left < _horizons.Length - 1 && _horizons[left + 1] <= ahead)
            {
                left++;
            }

            var right = Math.Min(left + 1, _horizons.Length - 1);
            var share = right == left ? 0 : Math.Max(0, ahead - _horizons[left]) / (double)(_horizons[right] - _horizons[left]);
            var error = 0d;
            for (var k = 0; k < _features; k++)
            {
                error += Column(k, origin - 1, ahead, 1)[0] * (((1 - share) * coefficients[(left * _features) + k]) + (share * coefficients[(right * _features) + k]));
            }

            // After a step in the load few errors teach much too much; none was ever larger than the largest.
            path[i] = Math.Clamp(error, -_largest[origin - 1], _largest[origin - 1]);
        }
    }
}
