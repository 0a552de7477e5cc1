using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals.Traces;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Backtests;

/// <summary>What is replayed: the policies of a workload on a resource it might select, as if everything acted.</summary>
public sealed record ReplaySetup
{
    public required TargetPolicies.Resolved Policies { get; init; }

    /// <summary>The resource; its count is that of the simulated fleet.</summary>
    public required ObservedTarget Target { get; init; }

    /// <summary>What the signals of the policies show.</summary>
    public required IReadOnlyList<ReplayedSignal> Signals { get; init; }

    public int BootMinutes { get; init; } = ScalingProtocol.BootMinutes;

    /// <summary>Azure's own autoscale of the resource, to be compared with; absent when there is none.</summary>
    public AutoscaleSetting? Native { get; init; }

    /// <summary>Instances that really reported while the load was recorded, to be compared with; absent where nobody knows.</summary>
    public IReadOnlyList<TracePoint>? Reported { get; init; }

    /// <summary>The terms of a fleet under these policies on a load.</summary>
    public FleetTerms Terms(ReplayedLoad load)
    {
        var bounds = Policies.Horizontal.At(load.Start);
        return new FleetTerms
        {
            FirstInstances = Math.Clamp(load.Demand.FirstInstances, bounds.Minimum, bounds.Maximum),
            BootMinutes = BootMinutes,
            MinimumInstances = 0,
        };
    }
}
