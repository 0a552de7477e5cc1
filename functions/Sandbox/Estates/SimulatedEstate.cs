using System.Text.Json;
using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Autoscale;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>The simulated resources. Every member answers for the clock's present time and may be called from any thread.</summary>
public sealed class SimulatedEstate
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly WriteLog _writes;
    private readonly Dictionary<string, SimulatedResource> _resources;
    private readonly Dictionary<Guid, (EstateOperation Operation, SimulatedResource Resource)> _operations = [];
    private readonly SimulatedAutoscale _autoscale;
    private readonly RememberedDemands _remembering = new();

    internal SimulatedEstate(EstateSpec spec, EstateOptions options, TimeProvider clock, WriteLog writes, TimeSpan metricDelay = default)
    {
        _clock = clock;
        _writes = writes;
        Spec = spec;
        Hierarchy = new EstateHierarchy(spec);
        var start = clock.GetUtcNow();
        _autoscale = new SimulatedAutoscale(spec.AutoscaleSettings, start, metricDelay);
        _resources = spec.All
            .Select((resource, i) => new SimulatedResource(resource, options, start, Identifier(1, i + 1)))
            .ToDictionary(resource => resource.Spec.Id.Key);
    }

    public EstateSpec Spec { get; }

    /// <summary>A foreign change: as if a person or another tool had set the capacity. It is journaled in the write log.</summary>
    public void SetCapacity(TargetId target, int instances)
    {
        lock (_gate)
        {
            var now = Now();
            var before = Find(target).SetCapacity(instances, now);
            _writes.Add(sequence => WriteRecord.Foreign(sequence, now, "SET", target) with
            {
                IsEffective = before != instances,
                CapacityBefore = before,
                CapacityAfter = instances,
            });
        }
    }

    /// <summary>A foreign change of a size: as if a person or another tool had made it.</summary>
    public void SetSize(TargetId target, string size)
    {
        lock (_gate)
        {
            var now = Now();
            var view = Find(target).View(now);
            Change(target, new CapacityChange(view.Capacity, IfMatch: null)
            {
                Size = size,
                Document = view is { Spec: PlanSpec, Document: { } plan } ? PlanDocument.Resized(plan, size) : null,
            }, outcome => _writes.Add(sequence => WriteRecord.Foreign(sequence, now, "SET", target) with
            {
                IsEffective = outcome.IsEffective,
                CapacityBefore = view.Capacity,
                CapacityAfter = view.Capacity,
                SizeBefore = view.Size,
                SizeAfter = size,
            }));
        }
    }

    /// <summary>The size Azure would show now.</summary>
    public string SizeOf(TargetId target) => View(target)?.Size ?? throw Unknown(target);

    /// <summary>The size of each instance there is, in the order of their numbers.</summary>
    public IReadOnlyList<string> SizesOf(TargetId target) => [.. Instances(target).Select(each => each.Size)];

    /// <summary>The capacity Azure would show now.</summary>
    public int CapacityOf(TargetId target) => View(target)?.Capacity ?? throw Unknown(target);

    public FleetReport Report(TargetId target)
    {
        lock (_gate)
        {
            return Find(target).Report(Now());
        }
    }

    public IReadOnlyList<FleetReport> Report()
    {
        lock (_gate)
        {
            var now = Now();
            return [.. Spec.All.Select(spec => _resources[spec.Id.Key].Report(now))];
        }
    }

    /// <summary>The whole minutes that begin in a span, oldest first.</summary>
    public IReadOnlyList<FleetMinute> Minutes(TargetId target, DateTimeOffset from, DateTimeOffset to)
    {
        lock (_gate)
        {
            var resource = Find(target);
            var now = Now();
            var minutes = new List<FleetMinute>();
            for (var at = from; at < to; at = at.AddMinutes(1))
            {
                if (resource.MinuteAt(at, now) is { } minute)
                {
                    minutes.Add(minute);
                }
            }

            return minutes;
        }
    }

    /// <summary>The subscriptions and groups it is divided into.</summary>
    internal EstateHierarchy Hierarchy { get; }

    // Counted, not random: two runs give the same identifiers.
    internal static Guid Identifier(ushort kind, long number) => Guid.Parse($"00000000-{kind:x4}-4000-8000-{number:x12}");

    internal ResourceView? View(TargetId target)
    {
        lock (_gate)
        {
            return _resources.GetValueOrDefault(target.Key)?.View(Now());
        }
    }

    internal IReadOnlyList<InstanceView> Instances(TargetId target)
    {
        lock (_gate)
        {
            return _resources.GetValueOrDefault(target.Key)?.Instances(Now()) ?? [];
        }
    }

    /// <summary>A page of the resources of one type in a subscription or a group, in the order of their ids.</summary>
    internal (IReadOnlyList<ResourceView> Views, bool HasMore) List<T>(string subscription, string? group, int skip, int take)
        where T : ResourceSpec =>
        List(subscription, spec => spec is T && (group is null || Is(spec.Id.ResourceGroup, group)), skip, take);

    internal (IReadOnlyList<ResourceView> Views, bool HasMore) List(string subscription, Func<ResourceSpec, bool> isWanted, int skip, int take)
    {
        lock (_gate)
        {
            var now = Now();
            var page = Hierarchy.In(subscription).Where(isWanted).Skip(skip).Take(take + 1).ToList();
            return ([.. page.Take(take).Select(spec => _resources[spec.Id.Key].View(now))], page.Count > take);
        }
    }

    /// <summary>
    /// Changes the capacity, or says why not; nothing when there is no such resource. What is observed under the
    /// lock has the order of the changes.
    /// </summary>
    internal ChangeOutcome? Change(TargetId target, CapacityChange change, Action<ChangeOutcome> observe) =>
        Begin(target, (resource, id, now) => resource.Change(change, id, now), observe);

    /// <summary>Brings instances to what their resource says; nothing when there is no such resource.</summary>
    internal ChangeOutcome? Upgrade(TargetId target, UpgradeRequest request, Action<ChangeOutcome> observe) =>
        Begin(target, (resource, id, now) => resource.Upgrade(request, id, now), observe);

    private ChangeOutcome? Begin(
        TargetId target, Func<SimulatedResource, Guid, DateTimeOffset, ChangeOutcome> begin, Action<ChangeOutcome> observe)
    {
        lock (_gate)
        {
            if (!_resources.TryGetValue(target.Key, out var resource))
            {
                return null;
            }

            var now = Now();
            var outcome = begin(resource, Identifier(2, _operations.Count + 1), now);
            if (outcome is ChangeOutcome.Accepted accepted)
            {
                _operations.Add(accepted.Operation.Id, (accepted.Operation, resource));
            }

            observe(outcome);
            return outcome;
        }
    }

    internal (EstateOperation Operation, ResourceView View)? FindOperation(Guid id)
    {
        lock (_gate)
        {
            return _operations.TryGetValue(id, out var found)
                ? (found.Operation, found.Resource.View(Now()))
                : null;
        }
    }

    /// <summary>The minutes of a resource as a function, for reading many under one lock.</summary>
    /// <param name="target">The resource.</param>
    /// <param name="span">How long a time is read: the demand of a long one is remembered, because its other metrics are asked for next.</param>
    /// <param name="read">What reads them.</param>
    internal T Read<T>(TargetId target, TimeSpan span, Func<Func<DateTimeOffset, MeasuredMinute?>, T> read)
    {
        lock (_gate)
        {
            var resource = Find(target);
            var now = Now();
            if (span > TimeSpan.FromDays(1))
            {
                _remembering.Use(resource);
            }

            return read(begins => resource.Measure(begins, now));
        }
    }

    /// <summary>Minutes that instances of a resource were there in a span, by size: what is billed.</summary>
    internal IReadOnlyDictionary<string, double> InstanceMinutes(TargetId target, DateTimeOffset from, DateTimeOffset to)
    {
        lock (_gate)
        {
            return Find(target).InstanceMinutes(from, to, Now());
        }
    }

    internal SettingView? Setting(TargetId id)
    {
        lock (_gate)
        {
            return _autoscale.Find(id) is { } setting ? View(setting) : null;
        }
    }

    /// <summary>A page of the autoscale settings in a subscription or a group, in the order of their ids.</summary>
    internal (IReadOnlyList<SettingView> Views, bool HasMore) ListSettings(string subscription, string? group, int skip, int take)
    {
        lock (_gate)
        {
            var page = _autoscale.All
                .Where(setting => Is(setting.Id.Subscription, subscription) && (group is null || Is(setting.Id.ResourceGroup, group)))
                .Skip(skip).Take(take + 1).Select(View).ToList();
            return ([.. page.Take(take)], page.Count > take);
        }
    }

    /// <summary>Makes or replaces a setting; what was done before was done under the old one.</summary>
    internal void PutSetting(TargetId id, JsonElement document, AutoscaleSetting setting, Action<SettingChange> observe)
    {
        lock (_gate)
        {
            var now = Now();
            observe(_autoscale.Put(id, document, setting, now));
        }
    }

    private static SettingView View(SimulatedSetting setting) => new(setting.Id, setting.Document);

    /// <summary>The present, once Azure's own autoscale has done what it does until then. Asked for under the lock only.</summary>
    private DateTimeOffset Now()
    {
        var now = _clock.GetUtcNow();
        _autoscale.CatchUp(now, id => _resources.GetValueOrDefault(id.Key), Autoscale);
        return now;
    }

    /// <summary>It is an operation like any other, and nobody's request: a foreign change in the write log.</summary>
    private void Autoscale(SimulatedResource resource, int goal, DateTimeOffset at)
    {
        var outcome = resource.Change(new CapacityChange(goal, IfMatch: null), Identifier(2, _operations.Count + 1), at);
        if (outcome is not ChangeOutcome.Accepted accepted)
        {
            return;
        }

        _operations.Add(accepted.Operation.Id, (accepted.Operation, resource));
        _writes.Add(sequence => WriteRecord.Foreign(sequence, at, "AUTOSCALE", resource.Spec.Id) with
        {
            IsEffective = accepted.IsEffective,
            CapacityBefore = accepted.Before,
            CapacityAfter = accepted.After,
        });
    }

    private SimulatedResource Find(TargetId target) => _resources.GetValueOrDefault(target.Key) ?? throw Unknown(target);

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static ArgumentException Unknown(TargetId target) => new($"The estate has no {target}", nameof(target));
}
