namespace ScaleFunctions.Core.Decisions.Scaling.Predictive;

/// <summary>What of the past tells about the load a lead time ahead. All are loads, except the constant and the root.</summary>
internal sealed class LoadFeatures
{
    public const int Count = 14;

    /// <summary>Place of the constant 1 in a row.</summary>
    public const int Constant = 0;

    /// <summary>Place of the present load in a row.</summary>
    public const int Present = 1;

    /// <summary>Place of the root of the present load in a row.</summary>
    public const int Root = 2;

    private readonly double[] _row = new double[Count];

    public ReadOnlySpan<double> Row => _row;

    /// <summary>Means of the last 5, 15 and 60 minutes.</summary>
    public double Mean5 { get; private set; }

    public double Mean15 { get; private set; }

    public double Mean60 { get; private set; }

    /// <summary>What the days before and the week before say will be added over the lead time.</summary>
    public double Growth { get; private set; }

    public void Compute(LoadMemory history, int leadMinutes)
    {
        var load = history.Load;
        var now = load.Length - 1;
        var present = load[now];
        Mean5 = Mean(load[(now - 4)..]);
        Mean15 = Mean(load[(now - 14)..]);
        Mean60 = Mean(load[(now - 59)..]);
        var (then, ahead, highest) = history.DaysBefore(leadMinutes);

        // A busier day than those before moves more in the same hours, within reason.
        var ratio = Math.Clamp(present / Math.Max(then, LoadMemory.Tiny), 0.5, 2);
        var daily = (ahead - then) * ratio;
        var weekly = history.WeekBefore(leadMinutes) is { } change ? change * ratio : daily;
        Growth = (0.5 * daily) + (0.5 * weekly);

        _row[Constant] = 1;
        _row[Present] = present;
        _row[Root] = Math.Sqrt(Math.Max(present, 0));
        _row[3] = present - load[now - 1];
        _row[4] = present - Mean5;
        _row[5] = Max(load[(now - 9)..]);
        _row[6] = Mean(load[(now - 29)..]);
        _row[7] = Max(load[(now - 59)..]);
        _row[8] = ahead;
        _row[9] = daily;
        _row[10] = weekly;
        _row[11] = highest;
        _row[12] = history.FastVolatility;
        _row[13] = history.SlowVolatility;
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0d;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    private static double Max(ReadOnlySpan<double> values)
    {
        var most = values[0];
        foreach (var value in values)
        {
            most = value > most ? value : most;
        }

        return most;
    }
}
