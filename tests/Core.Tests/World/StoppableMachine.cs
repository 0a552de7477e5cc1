using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using Mishap = ScaleFunctions.Core.Tests.World.SizedResource.Mishap;

namespace ScaleFunctions.Core.Tests.World;

/// <summary>A machine on hardware that has its own size only, all that is read of it, and what may go wrong with it.</summary>
internal sealed class StoppableMachine(TimeProvider time) : ISizedKind, ITargetInventory, IMetricSource, IComputeLimits, ILockSource, IPermissionSource
{
    public static readonly TargetId Id = TargetId.Parse("/subscriptions/s-1/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/db");

    private bool _runs = true;
    private int _version;

    public string Size { get; private set; } = SomeSizes.Middle;

    public bool Runs => _runs;

    /// <summary>Size for which there is no room at a start.</summary>
    public Func<string, bool> HasRoom { get; set; } = _ => true;

    /// <summary>The size with which it is not well.</summary>
    public string? Bad { get; set; }

    public Func<string, Mishap> Fault { get; set; } = _ => Mishap.None;

    public bool HasQuotas { get; init; } = true;

    public TargetTags Tags { get; init; } = new TargetTags.Known(new Dictionary<string, string>());

    /// <summary>Whether the hardware it runs on has the other sizes, too: then it is restarted for one, and not stopped.</summary>
    public bool HasAllSizes { get; init; }

    public List<string> Writes { get; } = [];

    private OperationReading _operation = new OperationReading.Succeeded();

    /// <summary>A person starts it in the portal, as it is.</summary>
    public void StartByHand() => (_runs, _version) = (true, _version + 1);

    public bool Serves(string resourceType) => resourceType == Id.ResourceType;

    public Task<CapacityReading> ReadAsync(TargetId target, CancellationToken cancellationToken) => Task.FromResult(
        Crashes("read") ? new CapacityReading.Unreadable("503", time.GetUtcNow()) : (CapacityReading)new CapacityReading.Read(_runs ? 1 : 0, Size, $"{_version}", false, time.GetUtcNow()));

    public Task<SizeReading> ReadSizeAsync(TargetId target, CancellationToken cancellationToken) => Task.FromResult(Crashes("read-size")
        ? new SizeReading.Unreadable("503")
        : (SizeReading)new SizeReading.Read(
            Size, RollOutMode.ByResource,
            [new SizedInstance("db", Size, true, !_runs ? InstanceHealth.Unknown : Size == Bad ? InstanceHealth.Unhealthy : InstanceHealth.Healthy, _runs)],
            new SizeNeeds { Offered = _runs && !HasAllSizes ? new HashSet<string> { Size } : null })
        {
            OffersMoreWhenStopped = _runs && !HasAllSizes,
        });

    public Task<WriteResult> WriteAsync(CapacityWrite write, CancellationToken cancellationToken)
    {
        var name = write.Size is not null ? "resize" : write.Goal == 1 ? "start" : "deallocate";
        var mishap = Fault(name);
        if (mishap is Mishap.CrashBefore)
        {
            throw new CrashException();
        }

        if (mishap is Mishap.Refused or Mishap.Unreadable)
        {
            return Task.FromResult<WriteResult>(new WriteResult.Rejected(FailureClass.Other, "Refused", "no"));
        }

        WriteResult done = mishap == Mishap.LostCall ? new WriteResult.Unknown("cut") : Do(write, name);
        return mishap switch
        {
            Mishap.CrashAfter => throw new CrashException(),
            Mishap.LostAnswer => Task.FromResult<WriteResult>(new WriteResult.Unknown("cut")),
            _ => Task.FromResult(done),
        };
    }

    public Task<WriteResult> UpgradeAsync(InstanceUpgrade upgrade, CancellationToken cancellationToken) => throw new InvalidOperationException("a machine has nothing to upgrade");

    public Task<OperationReading> ReadOperationAsync(Uri operation, CancellationToken cancellationToken) => Task.FromResult(Crashes("operation") ? new OperationReading.Unreadable("503") : _operation);

    public Task<InstancesReading> ReadInstancesAsync(TargetId target, CancellationToken cancellationToken) =>
        Task.FromResult<InstancesReading>(new InstancesReading.Read(_runs ? 1 : 0, _runs ? 1 : 0));

    public Task<InventoryReading> ListAsync(CancellationToken cancellationToken) => Task.FromResult<InventoryReading>(
        new InventoryReading.Complete([Some.Target(_runs ? 1 : 0) with { Id = Id, Sku = Size, Tags = Tags, ReadAt = time.GetUtcNow() }]));

    public Task<IReadOnlyDictionary<MonitoredResource, MetricSeries>> ReadAsync(MetricRequest request, CancellationToken cancellationToken)
    {
        var points = new List<MetricPoint>();
        for (var at = request.From; at < request.To; at += request.Grain)
        {
            points.Add(new MetricPoint(at, request.Metric.Name == "Available Memory Bytes" ? 0.9 * SomeSizes.Offers[Size].MemoryGiB!.Value * 1024 * 1024 * 1024 : 10, 1));
        }

        return Task.FromResult<IReadOnlyDictionary<MonitoredResource, MetricSeries>>(request.Resources.ToDictionary(each => each, _ => (MetricSeries)new MetricSeries.Received(points)));
    }

    public Task<FactReading<IReadOnlyList<QuotaUsage>>> ReadQuotaAsync(string subscription, string region, CancellationToken cancellationToken) => Task.FromResult<FactReading<IReadOnlyList<QuotaUsage>>>(HasQuotas
        ? new FactReading<IReadOnlyList<QuotaUsage>>.Known([new QuotaUsage(QuotaUsage.AllCores, 4, 100), new QuotaUsage("standardDSv5Family", 4, 100)], time.GetUtcNow())
        : new FactReading<IReadOnlyList<QuotaUsage>>.Unknown("403"));

    public Task<FactReading<IReadOnlyDictionary<string, SizeOffer>>> ReadSizesAsync(string subscription, string region, CancellationToken cancellationToken) =>
        Task.FromResult<FactReading<IReadOnlyDictionary<string, SizeOffer>>>(new FactReading<IReadOnlyDictionary<string, SizeOffer>>.Known(SomeSizes.Offers, time.GetUtcNow()));

    public Task<FactReading<IReadOnlyList<ResourceLock>>> ReadLocksAsync(string subscription, CancellationToken cancellationToken) =>
        Task.FromResult<FactReading<IReadOnlyList<ResourceLock>>>(new FactReading<IReadOnlyList<ResourceLock>>.Known([], time.GetUtcNow()));

    public Task<FactReading<GrantedActions>> ReadPermissionsAsync(TargetId target, string action, CancellationToken cancellationToken) =>
        Task.FromResult<FactReading<GrantedActions>>(new FactReading<GrantedActions>.Unknown("not asked"));

    private WriteResult Do(CapacityWrite write, string name)
    {
        if (write.IfMatch != $"{_version}")
        {
            return new WriteResult.Stale();
        }

        Writes.Add(write.Size is null ? name : $"{name} {write.Size}");
        if (write.Size is not null && _runs && !HasAllSizes)
        {
            return new WriteResult.Rejected(FailureClass.Invalid, "OperationNotAllowed", "not available in the current hardware cluster");
        }

        var hasRoom = name != "start" || HasRoom(Size);
        (Size, _runs, _version) = (write.Size ?? Size, write.Size is null && hasRoom ? write.Goal == 1 : _runs, _version + 1);
        _operation = hasRoom ? new OperationReading.Succeeded() : new OperationReading.Failed(FailureClass.Capacity, "AllocationFailed", "no room");
        return new WriteResult.Accepted(new Uri("https://management.azure.com/op"));
    }

    private bool Crashes(string name) => Fault(name) switch
    {
        Mishap.None => false,
        Mishap.CrashBefore or Mishap.CrashAfter => throw new CrashException(),
        _ => true,
    };
}
