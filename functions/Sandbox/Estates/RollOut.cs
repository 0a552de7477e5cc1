namespace ScaleFunctions.Sandbox.Estates;

/// <summary>Azure's own way of bringing instances to what their resource says: some are restarted, and the next when those are well.</summary>
internal sealed class RollOut
{
    private const string Unhealthy = "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade";

    private readonly InstanceRoster _roster;
    private readonly string _size;
    private readonly SizeFaults _faults;
    private readonly int _batch;
    private readonly List<SimulatedInstance> _pending;
    private readonly OperationFailure? _failure;
    private readonly int _rest;
    private readonly int _all;
    private int _done;
    private IReadOnlyList<SimulatedInstance> _last = [];

    /// <param name="roster">All instances.</param>
    /// <param name="instances">Those that are not as their resource says.</param>
    /// <param name="size">The size they shall have.</param>
    /// <param name="batch">How many at a time.</param>
    /// <param name="faults">What goes wrong.</param>
    public RollOut(InstanceRoster roster, IReadOnlyList<SimulatedInstance> instances, string size, int batch, SizeFaults faults)
    {
        (_roster, _size, _batch, _faults) = (roster, size, Math.Max(1, batch), faults);
        var (upgraded, failure) = faults.Of(instances);
        (_pending, _failure, _rest, _all) = ([.. upgraded], failure, instances.Count - upgraded.Count, instances.Count);
    }

    public bool IsOver { get; private set; }

    public OperationFailure? Failure { get; private set; }

    /// <summary>Instances that have come to the size, are on their way, have yet to begin, and have failed.</summary>
    public (int Done, int Under, int Pending, int Failed) Progress => (
        _done - (IsOver ? 0 : _last.Count), IsOver ? 0 : _last.Count, IsOver ? 0 : _pending.Count + _rest, IsOver && Failure is not null ? _pending.Count + _rest : 0);

    /// <summary>Goes on as far as it can by now.</summary>
    public void Advance()
    {
        if (IsOver || !_roster.AreReady(_last) || _done >= _faults.StopsAfter)
        {
            return;
        }

        // Only what goes in batches waits for the health of those before.
        if (_last.Any(each => !each.IsHealthy) && _batch < _all)
        {
            End(new OperationFailure(Unhealthy, "Rolling upgrade failed: too many of the upgraded instances are not healthy."));
            return;
        }

        if (_pending.Count == 0)
        {
            End(_failure);
            return;
        }

        _last = [.. _pending.Take(Math.Min(_batch, _faults.StopsAfter - _done ?? int.MaxValue))];
        _pending.RemoveRange(0, _last.Count);
        _done += _last.Count;
        _roster.Upgrade(_last, _size, _faults.IsHealthy);
    }

    private void End(OperationFailure? failure) => (IsOver, Failure) = (true, failure);
}
