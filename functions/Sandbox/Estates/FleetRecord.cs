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

    private readonly MemoryUse _memory = new(spec.RestingMemoryPercent, spec.MemoryPercentPerCpu, ISandboxSize.Find(spec.Sku)?.MemoryGiB);

    // Two bytes each: ten thousand fleets for a day are 14 million minutes. Demand and CPU follow from the load.
    private readonly List<(ushort Ready, ushort Capacity)> _minutes = [];

    // What an instance is from a minute on; nothing as long as all are as at the start.
    private readonly List<(int From, FleetStrength Strength)> _strengths = [];

    /// <summary>Adds the next minute.</summary>
    public void Add(FleetMinute minute, FleetStrength strength)
    {
        if (strength != StrengthAt(_minutes.Count))
        {
            _strengths.Add((_minutes.Count, strength));
        }

        _minutes.Add(checked(((ushort)minute.Ready, (ushort)minute.Capacity)));
    }

    /// <summary>A minute; nothing when it is not over, or before any history.</summary>
    public FleetMinute? MinuteAt(int index)
    {
        if (index >= _minutes.Count || index < -history.TotalMinutes)
        {
            return null;
        }

        var begins = start.AddMinutes(index);
        if (index < 0 && begins < spec.Load.KnownSince)
        {
            return null;
        }

        var demand = spec.Load.DemandAt(begins);
        if (index >= 0)
        {
            return new FleetMinute(demand / StrengthAt(index).Power, _minutes[index].Ready, _minutes[index].Capacity);
        }

        var needed = (int)Math.Clamp(Math.Ceiling(demand / HistoricUse), 1, Math.Max(1, spec.LargestFleet));
        var size = index >= -SettledMinutes ? Math.Max(spec.InitialCapacity, spec.CountBefore is null ? needed : 0) : spec.CountBefore ?? needed;
        return new FleetMinute(demand, size, size);
    }

    /// <summary>The same minute with what its metrics tell besides.</summary>
    public MeasuredMinute? Measure(int index) => MinuteAt(index) is { } minute
        ? new MeasuredMinute(minute, spec.Load.DemandAt(start.AddMinutes(index)), StrengthAt(index), _memory)
        : null;

    private FleetStrength StrengthAt(int minute)
    {
        var at = _strengths.FindLastIndex(each => each.From <= minute);
        return at < 0 ? FleetStrength.AsBegun : _strengths[at].Strength;
    }
}
