namespace ScaleFunctions.Core.Backtests;

/// <summary>
/// A fleet of equal instances in one-minute steps: asked for now, billed from now, serving after the boot time;
/// removed at once, booting instances first. There is no queue: load beyond the ready instances is lost.
/// </summary>
/// <remarks>
/// One instance carries a demand of 1 at 80 % CPU. Two ready instances, boot time four minutes:
/// <code>
/// minute  demand  request  ready  capacity  CPU    short
/// 0       1.5     -        2      2         60 %   no
/// 1       3.0     4        2      4         100 %  yes
/// 5       3.0     -        4      4         60 %   no
/// </code>
/// </remarks>
public sealed class FleetModel
{
    /// <summary>CPU at which an instance carries a demand of exactly 1 inside its service level.</summary>
    public const double FullLoadCpuPercent = 80;

    private readonly int _bootMinutes;
    private readonly List<Arrival> _arrivals = [];

    /// <param name="instances">Instances that are ready at the start.</param>
    /// <param name="bootMinutes">Minutes from asking for an instance to its first serving minute.</param>
    public FleetModel(int instances, int bootMinutes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(instances);
        ArgumentOutOfRangeException.ThrowIfNegative(bootMinutes);
        Ready = instances;
        _bootMinutes = bootMinutes;
    }

    /// <summary>Index of the current minute: the one the next step will measure.</summary>
    public int Minute { get; private set; }

    public int Ready { get; private set; }

    public int Booting { get; private set; }

    public int Capacity => Ready + Booting;

    /// <summary>Billed so far: every instance counts from the minute it was asked for.</summary>
    public long InstanceMinutes { get; private set; }

    public double InstanceHours => InstanceMinutes / 60d;

    /// <summary>Minutes in which fewer instances were ready than the demand needed.</summary>
    public int MinutesShort { get; private set; }

    /// <summary>Asks for a number of instances.</summary>
    public void Request(int instances) => Request(instances, int.MaxValue);

    /// <summary>Asks for a number of instances of which only <paramref name="arriving"/> additional ones can be allocated.</summary>
    public void Request(int instances, int arriving)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(instances);
        ArgumentOutOfRangeException.ThrowIfNegative(arriving);
        if (instances >= Capacity)
        {
            Start(Math.Min(instances - Capacity, arriving));
        }
        else
        {
            Remove(Capacity - instances);
        }
    }

    /// <summary>Restarts instances that serve: each is billed on, and serves again after the boot time.</summary>
    public void Restart(int instances)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(instances);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(instances, Ready);
        Ready -= instances;
        Start(instances);
    }

    /// <summary>Lets the current minute pass under a demand and measures it.</summary>
    public FleetMinute Step(double demand)
    {
        if (!double.IsFinite(demand) || demand < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(demand), demand, "a demand is a finite number and not negative");
        }

        var minute = new FleetMinute(demand, Ready, Capacity);
        InstanceMinutes += minute.Capacity;
        MinutesShort += minute.IsShort ? 1 : 0;
        Minute++;
        Admit();
        return minute;
    }

    private void Start(int count)
    {
        if (_bootMinutes == 0)
        {
            Ready += count;
        }
        else if (count > 0)
        {
            _arrivals.Add(new Arrival(Minute + _bootMinutes, count));
            Booting += count;
        }
    }

    // The newest booting instance goes first: it has the longest way to being useful.
    private void Remove(int count)
    {
        while (count > 0 && _arrivals.Count > 0)
        {
            var newest = _arrivals[^1];
            var dropped = Math.Min(newest.Count, count);
            count -= dropped;
            Booting -= dropped;
            if (dropped == newest.Count)
            {
                _arrivals.RemoveAt(_arrivals.Count - 1);
            }
            else
            {
                _arrivals[^1] = newest with { Count = newest.Count - dropped };
            }
        }

        Ready -= count;
    }

    private void Admit()
    {
        while (_arrivals.Count > 0 && _arrivals[0].Minute <= Minute)
        {
            Ready += _arrivals[0].Count;
            Booting -= _arrivals[0].Count;
            _arrivals.RemoveAt(0);
        }
    }

    private readonly record struct Arrival(int Minute, int Count);
}
