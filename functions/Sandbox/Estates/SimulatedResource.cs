using System.Text.Json;
using ScaleFunctions.Core.Backtests;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>One resource and its fleet, brought up to date lazily. Not thread-safe: the estate's lock guards it.</summary>
internal sealed class SimulatedResource
{
    // Azure's default: a rolling upgrade takes a fifth of the instances at a time (rollingUpgradePolicy.maxBatchInstancePercent).
    private const int BatchesOfRolling = 5;

    private readonly EstateOptions _options;
    private readonly DateTimeOffset _start;
    private readonly FleetModel _fleet;
    private readonly InstanceRoster _roster;
    private readonly FleetRecord _record;
    private int _version = 1;
    private bool _isUntouched = true;
    private string _size;
    private (string Size, JsonElement? Document, bool IsHealthy)? _replaced;
    private RollOut? _rollOut;
    private bool _neverEnds;
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
        var bootMinutes = (int)Math.Ceiling(spec.BootTime.TotalMinutes);
        _fleet = new FleetModel(spec.InitialCapacity, bootMinutes);
        _roster = new InstanceRoster(_fleet, spec.Sku, bootMinutes);
        _record = new FleetRecord(spec, start, options.History);
        _size = spec.Sku;
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
            IsUntouched = _isUntouched,
            Size = _size,
            RollOut = _rollOut,
        };
    }

    public IReadOnlyList<InstanceView> Instances(DateTimeOffset now)
    {
        CatchUp(now);
        return _roster.Views();
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

        var size = _size;
        var operation = Start(change, operationId, now);
        var isEdited = size != _size
            || (change.Document is { } document && (_document is not { } current || !JsonElement.DeepEquals(document, current)));
        _document = change.Document ?? _document;
        return new ChangeOutcome.Accepted(before, _capacity, isBusy, operation, View(now), isEdited);
    }

    /// <summary>Brings instances to the size of the resource: they are restarted, and the operation lasts until they are back.</summary>
    public ChangeOutcome Upgrade(UpgradeRequest request, Guid operationId, DateTimeOffset now)
    {
        CatchUp(now);
        if (_running is not null && _options.RefusesWhenBusy)
        {
            return new ChangeOutcome.Busy(_capacity);
        }

        var all = _roster.OtherThan(_size);
        var old = request.Instances.Contains("*") ? all : [.. _roster.Of(request.Instances).Intersect(all)];
        var faults = new SizeFaults(request.Faults, _size, Spec.SpreadOver);
        var (upgraded, failure) = faults.Of(old);
        _roster.Restart([.. old.Except(upgraded)]);
        _roster.Upgrade(upgraded, _size, faults.IsHealthy);
        var operation = new EstateOperation(operationId, Spec.Id, Spec.Region, now) { IsResize = true };
        if (!request.Faults.OfType<Faults.OperationNeverEnds>().Any())
        {
            operation.End(old.Count == 0 ? now : now + Spec.BootTime, failure);
        }

        Watch(operation, now);
        return new ChangeOutcome.Accepted(_capacity, _capacity, WasBusy: false, operation, View(now), IsEdited: upgraded.Count > 0);
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
        var cpu = _record.MinuteAt(_fleet.Minute - 1) is { } last && _fleet.Minute > 0 ? last.CpuPercent : null;
        return new FleetReport(
            Spec.Id, Spec.Load.DemandAt(now) / _roster.Strength().Power, _fleet.Ready, _fleet.Booting, _capacity, cpu,
            _fleet.Minute, _fleet.InstanceHours, _fleet.MinutesShort);
    }

    /// <summary>The minute that begins at a time; nothing when it is not over, or before any history.</summary>
    public FleetMinute? MinuteAt(DateTimeOffset begins, DateTimeOffset now)
    {
        CatchUp(now);
        return _record.MinuteAt(IndexOf(begins));
    }

    /// <summary>Minutes of instances in a span, by size.</summary>
    public IReadOnlyDictionary<string, double> InstanceMinutes(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        CatchUp(now);
        var minutes = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        _record.AddInstanceMinutes(IndexOf(from), IndexOf(to), Spec.Sku, minutes);
        return minutes;
    }

    /// <summary>Whether it remembers the demand of the minutes that are asked for.</summary>
    public bool RemembersDemand { set => _record.RemembersDemand = value; }

    /// <summary>The same minute with what its metrics tell besides.</summary>
    public MeasuredMinute? Measure(DateTimeOffset begins, DateTimeOffset now)
    {
        CatchUp(now);
        return _record.Measure(IndexOf(begins));
    }

    private string ETag => $"\"{_version}\"";

    private int IndexOf(DateTimeOffset time) => (int)Math.Floor((time - _start).TotalMinutes);

    // Ends of operations fall between minutes but change nothing the minutes measure, so minutes go first; but for those by which
    // other instances take the places of the old ones.
    private void CatchUp(DateTimeOffset now)
    {
        var whole = IndexOf(now);
        while (_fleet.Minute < whole)
        {
            if (_replaced is not null && _running is { } replacing && replacing.HasEnded(_start.AddMinutes(_fleet.Minute)))
            {
                End(replacing);
            }

            var strength = _roster.Strength();
            _record.Add(_fleet.Step(Spec.Load.DemandAt(_start.AddMinutes(_fleet.Minute)) / strength.Power), strength, _roster.Mix());
            GoOn(_start.AddMinutes(_fleet.Minute));
        }

        if (_running is { } operation && operation.HasEnded(now))
        {
            End(operation);
        }
    }

    // A roll-out ends when it does, not when it was foreseen to.
    private void GoOn(DateTimeOffset now)
    {
        if (_rollOut is not { IsOver: false } rollOut)
        {
            return;
        }

        rollOut.Advance();
        if (rollOut.IsOver && !_neverEnds)
        {
            _running?.End(now, rollOut.Failure);
        }
    }

    private EstateOperation Start(CapacityChange change, Guid id, DateTimeOffset now)
    {
        var goal = change.Goal;
        var isResize = change.Size is { } size && !string.Equals(size, _size, StringComparison.OrdinalIgnoreCase);
        var before = _size;
        var faults = new SizeFaults(change.Faults, change.Size ?? _size, Spec.SpreadOver);
        _neverEnds = change.NeverEnds;
        var operation = new EstateOperation(id, Spec.Id, Spec.Region, now) { IsResize = isResize };
        if (isResize)
        {
            _size = change.Size!;
            _version++;
            _changedAt = now;
        }

        var duration = goal == _capacity ? TimeSpan.Zero : goal > _capacity ? _options.ScaleOutDuration : _options.ScaleInDuration;
        var failure = goal > _capacity ? faults.Failure : change.Fails is { } fails ? new OperationFailure(fails.Code, fails.Message) : null;
        if (goal != _capacity)
        {
            Apply(goal, goal > _capacity ? faults.Arriving : int.MaxValue, now, faults.IsHealthy);
        }

        if (isResize && Resize(operation, before, faults, now) is { } takes)
        {
            (duration, failure) = (duration > takes.For ? duration : takes.For, failure ?? takes.Failure);
        }

        if (!_neverEnds && operation.EndsAt is null && _rollOut is not { IsOver: false })
        {
            operation.End(now + duration, failure);
        }

        Watch(operation, now);
        return operation;
    }

    /// <summary>Begins what a new size brings; how long the operation takes, where that is known, and how it ends.</summary>
    private (TimeSpan For, OperationFailure? Failure)? Resize(EstateOperation operation, string before, SizeFaults faults, DateTimeOffset now)
    {
        var old = _roster.OtherThan(_size);
        switch (Spec.ResizeWay)
        {
            case ResizeWay.Replaced:
                var (replaced, failure) = faults.Of(old);
                _replaced = (before, _document, faults.IsHealthy);
                return (Spec.BootTime, replaced.Count < old.Count ? failure : null);
            case ResizeWay.InBatches or ResizeWay.AtOnce or ResizeWay.Alone when old.Count > 0:
                var batch = Spec.ResizeWay == ResizeWay.InBatches ? (old.Count + BatchesOfRolling - 1) / BatchesOfRolling : old.Count;
                _replaced = Spec.ResizeWay == ResizeWay.Alone ? (before, _document, faults.IsHealthy) : null;
                _rollOut = new RollOut(_roster, old, _size, batch, faults);
                _running = operation;
                GoOn(now);
                return null;
            default:
                return (Spec.ResizeWay == ResizeWay.ByHand ? _options.ScaleInDuration : TimeSpan.Zero, null);
        }
    }

    private void Watch(EstateOperation operation, DateTimeOffset now)
    {
        if (!operation.HasEnded(now))
        {
            _state = ProvisioningStates.Updating;
            _running = operation;
        }
    }

    // Azure shows the new capacity at once; the instances follow.
    private void Apply(int goal, int arriving, DateTimeOffset now, bool isHealthy = true)
    {
        _fleet.Request(goal, arriving);
        _roster.Follow(_size, isHealthy);
        _isUntouched &= goal == _capacity;
        _version += goal == _capacity ? 0 : 1;
        _capacity = goal;
        _changedAt = now;
    }

    // A failed scale-out leaves the instances that could be had, and the capacity says so.
    private void End(EstateOperation operation)
    {
        _running = null;
        _version++;
        _isUntouched &= operation.IsResize;
        _changedAt = operation.EndsAt!.Value;
        _state = operation.Failure is null ? ProvisioningStates.Succeeded : ProvisioningStates.Failed;
        if (_replaced is { } before)
        {
            _replaced = null;
            (_size, _document) = operation.Failure is null ? (_size, _document) : (before.Size, before.Document);
            _roster.Become(_roster.OtherThan(_size), _size, before.IsHealthy);
        }

        if (operation.Failure is not null)
        {
            _capacity = _fleet.Capacity;
        }
    }

    private bool Matches(string? condition) => condition is null || condition.Split(',', StringSplitOptions.TrimEntries)
        .Any(tag => tag is "*" || tag.Trim('"') == _version.ToString());
}
