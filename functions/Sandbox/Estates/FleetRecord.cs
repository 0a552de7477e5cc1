using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Sandbox.Limits;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>
/// The minutes of a fleet: those that were simulated, and those before the start as far back as there is a history. Minutes are
/// counted from the start.
/// </summary>
internal sealed class FleetRecord(ResourceSpec spec, DateTimeOffset start, TimeSpan history)
{
    // Before the start the fleet is taken to run at 70 % of what it can carry, which is 56 % CPU.
    private const double HistoricUse = 0.7;

    // Then it got the capacity it begins with: samples of a plan do not say how many instances gave them, so those that the
    // first decisions rest on must be of the fleet that is seen.
    private const int SettledMinutes = 60;

    private const int MinutesOfDay = 24 * 60;

    private const int Quarter = 15;

    private readonly MemoryUse _memory = new(spec.RestingMemoryPercent, spec.MemoryPercentPerCpu, ISandboxSize.Find(spec.Sku)?.MemoryGiB);

    // Two bytes each: ten thousand fleets for a day are 14 million minutes. Demand and CPU follow from the load.
    private readonly List<(ushort Ready, ushort Capacity)> _minutes = [];

    // The demand of days that were asked for, while it is remembered. Computing a fortnight of minutes anew for each metric of a
    // resource takes longer than all else that a read of it does.
    private Dictionary<int, double[]>? _demands;

    // What an instance is from a minute on; nothing as long as all are as at the start.
    private readonly List<(int From, FleetStrength Strength)> _strengths = [];

    // Which sizes there are from a minute on; nothing as long as all have that of the start.
    private readonly List<(int From, IReadOnlyList<(string Size, int Count)>? Mix)> _mixes = [];

    /// <summary>Whether the demand of minutes is remembered: 11 KB a day that is asked for.</summary>
    public bool RemembersDemand { set => _demands = value ? _demands ?? [] : null; }

    /// <summary>Adds the next minute.</summary>
    public void Add(FleetMinute minute, FleetStrength strength, IReadOnlyList<(string Size, int Count)>? mix = null)
    {
        if (!IsSame(mix, _mixes.Count == 0 ? null : _mixes[^1].Mix))
        {
            _mixes.Add((_minutes.Count, mix));
        }

        if (strength != StrengthAt(_minutes.Count))
        {
            _strengths.Add((_minutes.Count, strength));
        }

        _minutes.Add(checked(((ushort)minute.Ready, (ushort)minute.Capacity)));
    }

    /// <summary>A minute; nothing when it is not over, or before any history.</summary>
    public FleetMinute? MinuteAt(int index) => IsKnown(index) ? MinuteAt(index, DemandAt(index)) : null;

    /// <summary>The same minute with what its metrics tell besides.</summary>
    public MeasuredMinute? Measure(int index)
    {
        if (!IsKnown(index))
        {
            return null;
        }

        var demand = DemandAt(index);
        return new MeasuredMinute(MinuteAt(index, demand), demand, StrengthAt(index), _memory);
    }

    /// <summary>
    /// Adds the minutes that instances of each size were there in a span, serving or booting: those are billed. Before the start
    /// every fifteenth minute stands for its quarter of an hour, because demand is reckoned anew for each that is asked for.
    /// </summary>
    public void AddInstanceMinutes(int from, int to, string firstSize, Dictionary<string, double> onto)
    {
        for (var index = from; index < to;)
        {
            var step = index < 0 ? Math.Min(Quarter, Math.Min(to, 0) - index) : 1;
            if (MinuteAt(index) is { Capacity: > 0 } minute)
            {
                foreach (var (size, share) in Shares(index, firstSize))
                {
                    onto[size] = onto.GetValueOrDefault(size) + (step * minute.Capacity * share);
                }
            }

            index += step;
        }
    }

    private IEnumerable<(string Size, double Share)> Shares(int minute, string firstSize)
    {
        var mix = _mixes.FindLast(each => each.From <= minute).Mix;
        var all = mix?.Sum(each => each.Count) ?? 0;
        return mix is null || all == 0 ? [(firstSize, 1)] : mix.Select(each => (each.Size, (double)each.Count / all));
    }

    private static bool IsSame(IReadOnlyList<(string Size, int Count)>? one, IReadOnlyList<(string Size, int Count)>? other) =>
        one is null || other is null ? one is null && other is null : one.SequenceEqual(other);

    private bool IsKnown(int index) =>
        index < _minutes.Count && index >= -history.TotalMinutes && (index >= 0 || start.AddMinutes(index) >= spec.Load.KnownSince);

    private FleetMinute MinuteAt(int index, double demand)
    {
        if (index >= 0)
        {
            return new FleetMinute(demand / StrengthAt(index).Power, _minutes[index].Ready, _minutes[index].Capacity);
        }

        var needed = (int)Math.Clamp(Math.Ceiling(demand / HistoricUse), 1, Math.Max(1, spec.LargestFleet));
        var size = index >= -SettledMinutes ? Math.Max(spec.InitialCapacity, spec.CountBefore is null ? needed : 0) : spec.CountBefore ?? needed;
        return new FleetMinute(demand, size, size);
    }

    private double DemandAt(int index)
    {
        if (_demands is null)
        {
            return spec.Load.DemandAt(start.AddMinutes(index));
        }

        var day = (int)Math.Floor((double)index / MinutesOfDay);
        if (!_demands.TryGetValue(day, out var minutes))
        {
            _demands[day] = minutes = new double[MinutesOfDay];
            Array.Fill(minutes, double.NaN);
        }

        ref var demand = ref minutes[index - (day * MinutesOfDay)];
        return demand = double.IsNaN(demand) ? spec.Load.DemandAt(start.AddMinutes(index)) : demand;
    }

    private FleetStrength StrengthAt(int minute)
    {
        for (var at = _strengths.Count - 1; at >= 0; at--)
        {
            if (_strengths[at].From <= minute)
            {
                return _strengths[at].Strength;
            }
        }

        return FleetStrength.AsBegun;
    }
}
