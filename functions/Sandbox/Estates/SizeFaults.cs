using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>What the faults that a write met do to the instances that shall come to a size.</summary>
internal sealed class SizeFaults(IReadOnlyList<FaultEffect> faults, string size, IReadOnlyList<string> zones)
{
    private readonly SizeNotAllocated? _missing = faults.OfType<SizeNotAllocated>().FirstOrDefault(each => Is(each.Size, size));
    private readonly UpgradeFails? _partly = faults.OfType<UpgradeFails>().FirstOrDefault();
    private readonly OperationFails? _fails = faults.OfType<OperationFails>().FirstOrDefault();

    public bool IsHealthy { get; } = !faults.OfType<UnhealthySize>().Any(each => Is(each.Size, size));

    /// <summary>How many come before nothing goes on; absent where all goes on.</summary>
    public int? StopsAfter { get; } = faults.OfType<UpgradeStops>().FirstOrDefault()?.Upgraded;

    /// <summary>Of new instances how many come at most.</summary>
    public int Arriving => _fails?.Arriving ?? (_missing is null ? int.MaxValue : 0);

    /// <summary>How it ends that new instances were asked for; nothing when well.</summary>
    public OperationFailure? Failure =>
        _fails is not null ? new OperationFailure(_fails.Code, _fails.Message)
        : _missing is not null ? NotAllocated(_missing)
        : null;

    /// <summary>Of some instances, those that come to the size, and how the operation ends for the others.</summary>
    public (IReadOnlyList<SimulatedInstance> Upgraded, OperationFailure? Failure) Of(IReadOnlyList<SimulatedInstance> instances)
    {
        if (_fails is not null)
        {
            return ([], new OperationFailure(_fails.Code, _fails.Message));
        }

        if (_partly is not null && instances.Count > _partly.Upgraded)
        {
            return ([.. instances.Take(_partly.Upgraded)], new OperationFailure(_partly.Code, "The instance could not be brought to the latest model."));
        }

        var had = _missing is null ? instances : [.. instances.Where(each => _missing.Zone is { } zone && ZoneOf(each.Number, zones) != zone)];
        return (had, had.Count < instances.Count ? NotAllocated(_missing!) : null);
    }

    /// <summary>Instances are spread evenly over the zones of their resource.</summary>
    public static string? ZoneOf(int number, IReadOnlyList<string> zones) => zones.Count == 0 ? null : zones[number % zones.Count];

    private OperationFailure NotAllocated(SizeNotAllocated fault) => new(
        fault.Code, $"Allocation failed. There is not enough capacity for the size '{size}' in this region{(fault.Zone is { } zone ? $", zone {zone}" : "")}.");

    private static bool Is(string? wanted, string size) => wanted is null || string.Equals(wanted, size, StringComparison.OrdinalIgnoreCase);
}
