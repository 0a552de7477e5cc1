using System.Text.Json;
using ScaleFunctions.Core.Backtests;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>One resource and its fleet, brought up to date lazily. Not thread-safe: the estate's lock guards it.</summary>
internal sealed class SimulatedResource
{
    // Before the start the fleet is taken to run at 70 % of what it can carry, which is 56 % CPU.
    private const double HistoricUse = 0.7;

    // Then it got the capacity it begins with: samples of a plan do not say how many instances gave them, so those that the
    // first decisions rest on must be of the fleet that is seen.
    private const int SettledMinutes = 60;

    private readonly EstateOptions _options;
    private readonly DateTimeOffset _start;
    private readonly FleetModel _fleet;

    // Two bytes each: ten thousand fleets for a day are 14 million minutes. Demand and CPU follow from the load.
    private readonly List<(ushort Ready, ushort Capacity)> _minutes = [];
    private int _version = 1;
    private int _capacity;
    private string _state = ProvisioningStates.Succeeded;
    private DateTimeOffset _changedAt;
    private EstateOperation? _running;
    private JsonElement? _document;

    public SimulatedResource(ResourceSpec spec, EstateOptions options, DateTimeOffset start, Guid uniqueId)
    {
        Spec = spec;
        UniqueId = uniqueId;
        _options = options;
        _start = _changedAt = start;
        _capacity = spec.InitialCapacity;
        _document = spec.Document;
        _fleet = new FleetModel(spec.InitialCapacity, (int)Math.Ceiling(spec.BootTime.TotalMinutes));
    }

    public ResourceSpec Spec { get; }

    public Guid UniqueId { get; }

    public ResourceView View(DateTimeOffset now)
    {
        CatchUp(now);
        return new ResourceView(
            Spec, _capacity, _fleet.Ready, _fleet.Booting, ETag, _state, UniqueId, _start - _options.History, _changedAt)
        {
            Document = _document,
            IsUntouched = _version == 1,
        };
    }

    public ChangeOutcome Change(CapacityChange change, Guid operationId, DateTimeOffset now)
    {
        CatchUp(now);
        var before = _capacity;
        var isBusy = _running is not null;
        if (!Matches(change.IfMatch))
        {
            return new ChangeOutcome.Stale(before, isBusy, ETag);
        }

        if (isBusy && _options.RefusesWhenBusy)
        {
            return new ChangeOutcome.Busy(before);
        }

        var operation = Start(change, operationId, now);
        var isEdited = change.Document is { } document && (_document is not { } current || !JsonElement.DeepEquals(document, current));
        _document = change.Document ?? _document;
        return new ChangeOutcome.Accepted(before, _capacity, isBusy, operation, View(now), isEdited);
    }

    /// <summary>A change by somebody else, done at once.</summary>
    public int SetCapacity(int instances, DateTimeOffset now)
    {
        CatchUp(now);
        var before = _capacity;
        Apply(instances, int.MaxValue, now);
        return before;
    }

    public FleetReport Report(DateTimeOffset now)
    {
        CatchUp(now);
        var cpu = _fleet.Minute == 0 ? null : MinuteAt(_fleet.Minute - 1)?.CpuPercent;
        return new FleetReport(
            Spec.Id, Spec.Load.DemandAt(now), _fleet.Ready, _fleet.Booting, _capacity, cpu,
            _fleet.Minute, _fleet.InstanceHours, _fleet.MinutesShort);
    }

    /// <summary>The minute that begins at a time; nothing when it is not over, or before any history.</summary>
    public FleetMinute? MinuteAt(DateTimeOffset begins, DateTimeOffset now)
    {
        CatchUp(now);
        return MinuteAt((int)Math.Floor((begins - _start).TotalMinutes));
    }

    private string ETag => $"\"{_version}\"";

    private FleetMinute? MinuteAt(int index)
    {
        if (index >= _minutes.Count || index < -_options.History.TotalMinutes)
        {
            return null;
        }

        var begins = _start.AddMinutes(index);
        if (index < 0 && begins < Spec.Load.KnownSince)
        {
            return null;
        }

        var demand = Spec.Load.DemandAt(begins);
        if (index >= 0)
        {
            return new FleetMinute(demand, _minutes[index].Ready, _minutes[index].Capacity);
        }

        var needed = (int)Math.Clamp(Math.Ceiling(demand / HistoricUse), 1, Math.Max(1, Spec.LargestFleet));
        var size = index >= -SettledMinutes ? Math.Max(Spec.InitialCapacity, Spec.CountBefore is null ? needed : 0) : Spec.CountBefore ?? needed;
        return new FleetMinute(demand, size, size);
    }

    // Ends of operations fall between minutes but change nothing the minutes measure, so minutes go first.
    private void CatchUp(DateTimeOffset now)
    {
        var whole = (int)Math.Floor((now - _start).TotalMinutes);
        while (_fleet.Minute < whole)
        {
            var minute = _fleet.Step(Spec.Load.DemandAt(_start.AddMinutes(_fleet.Minute)));
            _minutes.Add(checked(((ushort)minute.Ready, (ushort)minute.Capacity)));
        }

        if (_running is { } operation && operation.HasEnded(now))
        {
            End(operation);
        }
    }

    private EstateOperation Start(CapacityChange change, Guid id, DateTimeOffset now)
    {
        var goal = change.Goal;
        var duration = goal == _capacity ? TimeSpan.Zero : goal > _capacity ? _options.ScaleOutDuration : _options.ScaleInDuration;
        var operation = new EstateOperation(id, Spec.Id, Spec.Region, now)
        {
            EndsAt = change.NeverEnds ? null : now + duration,
            Failure = change.Fails is { } fails ? new OperationFailure(fails.Code, fails.Message) : null,
        };
        if (goal != _capacity)
        {
            Apply(goal, change.Fails?.Arriving ?? int.MaxValue, now);
        }

        if (!operation.HasEnded(now))
        {
            _state = ProvisioningStates.Updating;
            _running = operation;
        }

        return operation;
    }

    // Azure shows the new capacity at once; the instances follow.
    private void Apply(int goal, int arriving, DateTimeOffset now)
    {
        _fleet.Request(goal, arriving);
        _version += goal == _capacity ? 0 : 1;
        _capacity = goal;
        _changedAt = now;
    }

    // A failed scale-out leaves the instances that could be had, and the capacity says so.
    private void End(EstateOperation operation)
    {
        _running = null;
        _version++;
        _changedAt = operation.EndsAt!.Value;
        _state = operation.Failure is null ? ProvisioningStates.Succeeded : ProvisioningStates.Failed;
        if (operation.Failure is not null)
        {
            _capacity = _fleet.Capacity;
        }
    }

    private bool Matches(string? condition) => condition is null || condition.Split(',', StringSplitOptions.TrimEntries)
        .Any(tag => tag is "*" || tag.Trim('"') == _version.ToString());
}
