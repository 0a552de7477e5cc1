namespace ScaleFunctions.Core.Decisions.Scaling.Predictive;

/// <summary>The load of the last days, a value a minute, and what is read off it.</summary>
internal sealed class LoadMemory(int minutesKept)
{
    public const int Day = 1440;

    /// <summary>Keeps divisions by an idle past finite.</summary>
    public const double Tiny = 1e-6;

    private const int Week = 7 * Day;
    private const int ProfileDays = 7;
    private const int HighestDays = 3;
    private const int Neighbours = 4;
    private const int ChangeMinutes = 5;
    private const double FastShare = 0.1;
    private const double SlowShare = 0.002;

    private readonly RecentValues _load = new(minutesKept);
    private readonly RecentValues _smooth = new(minutesKept);

    public ReadOnlySpan<double> Load => _load.All;

    /// <summary>Minutes observed since the beginning, those no longer kept included.</summary>
    public long Observed { get; private set; }

    /// <summary>Usual change of the load over five minutes: of the last ten minutes or so, and of the last day.</summary>
    public double FastVolatility { get; private set; }

    public double SlowVolatility { get; private set; }

    public void Add(double load)
    {
        _load.Add(load);
        _smooth.Add(load);
        Observed++;
        var now = _load.Count - 1;
        if (now >= 2 * Neighbours)
        {
            var sum = 0d;
            foreach (var value in Load[(now - (2 * Neighbours))..])
            {
                sum += value;
            }

            _smooth[now - Neighbours] = sum / ((2 * Neighbours) + 1);
        }

        var change = now >= ChangeMinutes ? Math.Abs(load - _load[now - ChangeMinutes]) : 0;
        FastVolatility += FastShare * (change - FastVolatility);
        SlowVolatility += SlowShare * (change - SlowVolatility);
    }

    /// <summary>Mean load of the last week.</summary>
    public double Level()
    {
        var sum = 0d;
        var last = Load[Math.Max(0, _load.Count - Week)..];
        foreach (var value in last)
        {
            sum += value;
        }

        return Math.Max(sum / last.Length, Tiny);
    }

    /// <summary>Of the days before: the mean at this time, the mean a lead time later, and the highest around then.</summary>
    public (double Then, double Ahead, double Highest) DaysBefore(int leadMinutes)
    {
        var now = _load.Count - 1;
        double then = 0, ahead = 0, highest = 0;
        var days = 0;
        for (; days < ProfileDays && now - ((days + 1) * Day) >= Neighbours; days++)
        {
            var same = now - ((days + 1) * Day);
            then += _smooth[same];
            ahead += _smooth[same + leadMinutes];
            for (var minute = same + leadMinutes - 5; days < HighestDays && minute <= same + leadMinutes + 5; minute++)
            {
                highest = Math.Max(highest, minute < 0 ? 0 : _load[minute]);
            }
        }

        return days == 0 ? (_load[now], _load[now], _load[now]) : (then / days, ahead / days, highest);
    }

    /// <summary>How much the load changed over the lead time at this time of the week before.</summary>
    public double? WeekBefore(int leadMinutes)
    {
        var same = _load.Count - 1 - Week;
        return same > Neighbours ? _smooth[same + leadMinutes] - _smooth[same] : null;
    }
}
