using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Sandbox.Limits;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>
/// Which instances there are, of which size, and since when each serves. How many there are is the business of
/// <see cref="FleetModel"/>, and both agree: the newest that boots is the first to go, then the one with the highest number.
/// </summary>
internal sealed class InstanceRoster
{
    // Of instances none of which is well: their load is carried by nobody, which must not become a division by nothing.
    private const double LeastPower = 0.001;

    private readonly FleetModel _fleet;
    private readonly ISandboxSize? _first;
    private readonly int _bootMinutes;
    private readonly List<SimulatedInstance> _instances;
    private bool _isAsBegun = true;

    public InstanceRoster(FleetModel fleet, string size, int bootMinutes)
    {
        _fleet = fleet;
        _first = ISandboxSize.Find(size);
        _bootMinutes = bootMinutes;
        _instances = [.. Enumerable.Range(0, fleet.Capacity).Select(number => new SimulatedInstance(number, size, readyFrom: 0))];
    }

    public IReadOnlyList<InstanceView> Views() =>
        [.. _instances.Select(each => new InstanceView(each.Number, each.Size, each.IsReady(_fleet.Minute), each.IsHealthy))];

    public IReadOnlyList<SimulatedInstance> OtherThan(string size) => [.. _instances.Where(each => !Is(each.Size, size))];

    public IReadOnlyList<SimulatedInstance> Of(IEnumerable<string> numbers)
    {
        var wanted = numbers.ToHashSet(StringComparer.Ordinal);
        return [.. _instances.Where(each => wanted.Contains($"{each.Number}"))];
    }

    /// <summary>How many there are of each size; nothing as long as all have that of the beginning.</summary>
    public IReadOnlyList<(string Size, int Count)>? Mix() => _isAsBegun
        ? null
        : [.. _instances.GroupBy(each => each.Size, StringComparer.OrdinalIgnoreCase).Select(group => (group.Key, group.Count())).OrderBy(each => each.Key, StringComparer.Ordinal)];

    public bool AreReady(IReadOnlyList<SimulatedInstance> instances) => instances.All(each => each.IsReady(_fleet.Minute));

    /// <summary>Brings the list to what the fleet is after a request; those that come have a size.</summary>
    public void Follow(string size, bool isHealthy)
    {
        while (_instances.Count > _fleet.Capacity)
        {
            _instances.Remove(_instances.MaxBy(each => (Math.Max(each.ReadyFrom, _fleet.Minute), each.Number))!);
        }

        while (_instances.Count < _fleet.Capacity)
        {
            var number = FirstFree();
            var instance = new SimulatedInstance(number, size, _fleet.Minute + _bootMinutes);
            instance.Become(size, isHealthy);
            _instances.Insert(number, instance);
        }

        _isAsBegun &= isHealthy && _instances.TrueForAll(each => _first is null || Is(each.Size, _first.Name));
    }

    /// <summary>Instances have another size; each that runs is restarted for it.</summary>
    public void Upgrade(IReadOnlyList<SimulatedInstance> instances, string size, bool isHealthy)
    {
        Restart(instances);
        Become(instances, size, isHealthy);
    }

    /// <summary>Instances have another size without anybody's noticing when.</summary>
    public void Become(IReadOnlyList<SimulatedInstance> instances, string size, bool isHealthy)
    {
        _isAsBegun = false;
        foreach (var instance in instances)
        {
            instance.Become(size, isHealthy);
        }
    }

    public void Restart(IReadOnlyList<SimulatedInstance> instances)
    {
        var running = instances.Where(each => each.IsReady(_fleet.Minute) && _instances.Contains(each)).ToList();
        _fleet.Restart(running.Count);
        running.ForEach(each => each.Restart(_fleet.Minute + _bootMinutes));
    }

    /// <summary>What an instance that runs is on average now.</summary>
    public FleetStrength Strength()
    {
        if (_isAsBegun || _first is null)
        {
            return FleetStrength.AsBegun;
        }

        var running = _instances.Where(each => each.IsReady(_fleet.Minute)).ToList();
        return running.Count == 0 ? FleetStrength.AsBegun : new FleetStrength(
            Math.Max(LeastPower, running.Average(each => each.IsHealthy ? Beside(each, size => size.Cores) : 0)),
            running.Average(each => Beside(each, size => size.MemoryGiB)));
    }

    // They stand in the order of their numbers.
    private int FirstFree()
    {
        var number = 0;
        while (number < _instances.Count && _instances[number].Number == number)
        {
            number++;
        }

        return number;
    }

    private double Beside(SimulatedInstance instance, Func<ISandboxSize, double> measure) =>
        ISandboxSize.Find(instance.Size) is { } size ? measure(size) / measure(_first!) : 1;

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
