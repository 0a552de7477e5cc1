namespace ScaleFunctions.Core.Forecasts.Decomposition;

/// <summary>
/// Locally weighted regression on a regular grid, of degree 0 or 1, with tricube weights; it is evaluated at every
/// <c>jump</c>-th point and linear between. As in Cleveland, Cleveland, McRae and Terpenning (1990), "STL".
/// </summary>
/// <param name="Window">Points that take part, odd.</param>
/// <param name="Degree">0 fits a constant, 1 a line.</param>
/// <param name="Jump">Distance of the points at which the fit is made.</param>
public readonly record struct Loess(int Window, int Degree, int Jump)
{
    // Nearer than this share of the half-width counts as no distance, farther than the other as out of reach (as in the paper's code).
    private const double Near = 0.001;
    private const double Far = 0.999;

    /// <summary>Smooths <paramref name="values"/> into <paramref name="smooth"/>, both of n points.</summary>
    /// <param name="values">n values.</param>
    /// <param name="robustness">n weights, or empty for 1 each.</param>
    /// <param name="smooth">Receives n values.</param>
    /// <param name="weights">Room for n numbers.</param>
    public void Smooth(ReadOnlySpan<double> values, ReadOnlySpan<double> robustness, Span<double> smooth, Span<double> weights)
    {
        var n = values.Length;
        if (n < 2)
        {
            values.CopyTo(smooth);
            return;
        }

        var jump = Math.Min(Jump, n - 1);
        var inner = -1;
        for (var at = 0; at < n; at += jump)
        {
            inner = FitAt(values, robustness, smooth, weights, at, inner);
        }

        Interpolate(smooth, jump);
        var last = (n - 1) / jump * jump;
        if (last != n - 1)
        {
            FitAt(values, robustness, smooth, weights, n - 1, -1);
            Bridge(smooth, last, n - 1);
        }
    }

    /// <summary>The fit at one place, which may lie outside the points.</summary>
    /// <returns>The value, or nothing when all weights there are zero.</returns>
    /// <param name="values">n values.</param>
    /// <param name="robustness">n weights, or empty.</param>
    /// <param name="place">Where, in points from the first.</param>
    /// <param name="from">First point of the window.</param>
    /// <param name="to">Last point of the window.</param>
    /// <param name="weights">Room for n numbers.</param>
    public double? Fit(
        ReadOnlySpan<double> values, ReadOnlySpan<double> robustness, double place, int from, int to, Span<double> weights)
    {
        if (!Weigh(values.Length, robustness, place, from, to, weights))
        {
            return null;
        }

        return Apply(values, weights, from, to);
    }

    // Inside the series and without robustness weights the kernel is the same everywhere, so it is made once.
    private int FitAt(
        ReadOnlySpan<double> values, ReadOnlySpan<double> robustness, Span<double> smooth, Span<double> weights, int at, int inner)
    {
        var n = values.Length;
        var half = (Window + 1) / 2;
        var from = Window >= n ? 0 : Math.Clamp(at + 1 - half, 0, n - Window);
        var to = Window >= n ? n - 1 : from + Window - 1;
        var isInner = robustness.IsEmpty && at - from == half - 1 && to - at == half - 1;
        if (isInner && inner >= 0)
        {
            weights.Slice(inner, Window).CopyTo(weights[from..]);
        }
        else if (!Weigh(n, robustness, at, from, to, weights))
        {
            smooth[at] = values[at];
            return -1;
        }

        smooth[at] = Apply(values, weights, from, to);
        return isInner ? from : -1;
    }

    private bool Weigh(int n, ReadOnlySpan<double> robustness, double place, int from, int to, Span<double> weights)
    {
        var width = Math.Max(place - from, to - place) + (Window > n ? (Window - n) / 2 : 0);
        var sum = 0d;
        for (var i = from; i <= to; i++)
        {
            var distance = Math.Abs(i - place);
            var weight = distance <= Near * width ? 1 : distance <= Far * width ? Tricube(distance / width) : 0;
            weight = robustness.IsEmpty ? weight : weight * robustness[i];
            weights[i] = weight;
            sum += weight;
        }

        if (sum <= 0)
        {
            return false;
        }

        for (var i = from; i <= to; i++)
        {
            weights[i] /= sum;
        }

        if (width > 0 && Degree > 0)
        {
            Tilt(n, place, from, to, weights);
        }

        return true;
    }

    private static void Tilt(int n, double place, int from, int to, Span<double> weights)
    {
        var centre = 0d;
        for (var i = from; i <= to; i++)
        {
            centre += weights[i] * i;
        }

        var spread = 0d;
        for (var i = from; i <= to; i++)
        {
            spread += weights[i] * (i - centre) * (i - centre);
        }

        if (Math.Sqrt(spread) <= Near * (n - 1))
        {
            return;
        }

        var slope = (place - centre) / spread;
        for (var i = from; i <= to; i++)
        {
            weights[i] *= (slope * (i - centre)) + 1;
        }
    }

    private static double Apply(ReadOnlySpan<double> values, ReadOnlySpan<double> weights, int from, int to) =>
        VectorProduct.Of(weights[from..(to + 1)], values[from..(to + 1)]);

    private static void Interpolate(Span<double> smooth, int jump)
    {
        for (var at = 0; jump > 1 && at + jump < smooth.Length; at += jump)
        {
            Bridge(smooth, at, at + jump);
        }
    }

    private static void Bridge(Span<double> smooth, int from, int to)
    {
        var slope = (smooth[to] - smooth[from]) / (to - from);
        for (var i = from + 1; i < to; i++)
        {
            smooth[i] = smooth[from] + (slope * (i - from));
        }
    }

    private static double Tricube(double share)
    {
        var rest = 1 - (share * share * share);
        return rest * rest * rest;
    }
}
