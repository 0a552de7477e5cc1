using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.World;

/// <summary>One scale set with an ETag, operations and instances that boot. It checks the precondition when a write lands.</summary>
internal sealed class ModelAzure(TimeProvider time, int capacity, ObservedTarget? like = null)
{
    private static readonly TimeSpan Boot = TimeSpan.FromMinutes(2);

    private readonly Queue<(DateTimeOffset At, CapacityWrite Write, WriteAttempt Attempt)> _underWay = [];
    private readonly Dictionary<string, (DateTimeOffset EndsAt, bool Fails)> _operations = [];
    private DateTimeOffset _busyUntil = DateTimeOffset.MinValue;
    private DateTimeOffset _bootedAt = DateTimeOffset.MinValue;
    private int _capacityBefore = capacity;
    private int _etag = 1;

    public int Capacity { get; private set; } = capacity;

    public int CapacityAtFirst { get; } = capacity;

    public int Load { get; set; } = 240;

    public View View { get; set; }

    public Fate Fate { get; set; }

    private DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Somebody else changes the capacity.</summary>
    public void ChangeFromOutside() => Set(Capacity + 3);

    /// <summary>A person sets it.</summary>
    public void SetFromOutside(int capacity) => Set(capacity);

    /// <summary>Somebody else begins an operation that leaves the capacity alone.</summary>
    public void OperateFromOutside()
    {
        _etag++;
        _busyUntil = Later(_busyUntil, Now.AddSeconds(90));
    }

    /// <summary>Lets what was under way arrive.</summary>
    public void CatchUp()
    {
        while (_underWay.TryPeek(out var next) && next.At <= Now)
        {
            _underWay.Dequeue();
            Land(next.Write, next.Attempt);
        }
    }

    public CapacityReading Read() => new CapacityReading.Read(Capacity, "Standard_D4s_v5", $"e{_etag}", Now < _busyUntil, Now);

    public WriteResult Write(CapacityWrite write, WriteAttempt attempt)
    {
        switch (Fate)
        {
            case Fate.Rejected:
                return new WriteResult.Rejected(FailureClass.Throttled, "TooManyRequests", "later");
            case Fate.UnknownWithoutEffect:
                return new WriteResult.Unknown("the connection was reset");
            case Fate.UnknownWithEffect:
                Land(write, attempt);
                return new WriteResult.Unknown("the connection was reset");
            case Fate.UnknownLanding40SecondsLater or Fate.UnknownLanding65SecondsLater:
                _underWay.Enqueue((Now.AddSeconds(Fate == Fate.UnknownLanding40SecondsLater ? 40 : 65), write, attempt));
                return new WriteResult.Unknown("the connection was reset");
        }

        if (write.IfMatch != $"e{_etag}")
        {
            return new WriteResult.Stale();
        }

        if (Now < _busyUntil)
        {
            return new WriteResult.Rejected(FailureClass.Conflict, "AnotherOperationInProgress", "busy");
        }

        Land(write, attempt);
        var operation = $"https://management.azure.com/operations/{write.Target.Name}/{_operations.Count}";
        _operations[operation] = (Fate == Fate.OperationNeverEnds ? DateTimeOffset.MaxValue : _busyUntil, Fate == Fate.OperationFails);
        return new WriteResult.Accepted(new Uri(operation));
    }

    /// <summary>The operation, when it is one of this scale set.</summary>
    public OperationReading? TryReadOperation(Uri operation) =>
        _operations.ContainsKey(operation.ToString()) ? ReadOperation(operation) : null;

    public OperationReading ReadOperation(Uri operation) => _operations[operation.ToString()] switch
    {
        var (endsAt, _) when Now < endsAt => new OperationReading.Running(),
        (_, true) => new OperationReading.Failed(FailureClass.Capacity, "AllocationFailed", "no room"),
        _ => new OperationReading.Succeeded(),
    };

    public InstancesReading ReadInstances() =>
        new InstancesReading.Read(Now >= _bootedAt ? Capacity : Math.Min(Capacity, _capacityBefore), Capacity);

    public InventoryReading List()
    {
        var usual = like ?? Some.Target();
        var target = usual with
        {
            Capacity = View == View.InventoryOld ? _capacityBefore : Capacity,
            IsUpdating = Now < _busyUntil,
            Tags = View == View.TagsUnknown ? new TargetTags.Unknown("403") : usual.Tags,
            ReadAt = Now,
        };
        return View == View.InventoryPartial
            ? new InventoryReading.Partial([target], "page 2")
            : new InventoryReading.Complete([target]);
    }

    public MetricSeries ReadMetrics()
    {
        if (View == View.MetricsFailed)
        {
            return new MetricSeries.Failed("503");
        }

        var ready = Math.Max(1, ((InstancesReading.Read)ReadInstances()).Ready);
        var cpu = Math.Min(100.0, (double)Load / ready);
        return new MetricSeries.Received([.. Enumerable.Range(2, 4).Select(ago => (View, ago) switch
        {
            (View.MetricsNotANumber, 3) => Sample(ago, double.NaN),
            (View.MetricsWithGap, 3) => Sample(ago, null),
            (View.MetricsZero, _) => Sample(ago, 0),
            _ => Sample(ago, cpu),
        })]);

        MetricPoint Sample(int ago, double? value) => new(Now.AddMinutes(-ago), value, ready);
    }

    private void Land(CapacityWrite write, WriteAttempt attempt)
    {
        if (write.IfMatch == $"e{_etag}" && Now >= _busyUntil)
        {
            attempt.Landed = (Now, Capacity);
            Set(write.Goal);
        }
    }

    private void Set(int wanted)
    {
        (_capacityBefore, Capacity) = (Capacity, wanted);
        _etag++;
        _busyUntil = Later(_busyUntil, Now.AddSeconds(45));
        _bootedAt = Now + Boot;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
