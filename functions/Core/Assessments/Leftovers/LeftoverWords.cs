namespace ScaleFunctions.Core.Assessments.Leftovers;

/// <summary>What people call what stands about.</summary>
public static class LeftoverWords
{
    public static string Of(LeftoverKind kind) => kind switch
    {
        LeftoverKind.IdleMachine => "idle machine",
        LeftoverKind.IdlePlan => "idle plan",
        LeftoverKind.EmptyPlan => "empty plan",
        LeftoverKind.UnattachedDisk => "unattached disk",
        LeftoverKind.UnusedAddress => "unused address",
        LeftoverKind.EmptyLoadBalancer => "empty load balancer",
        LeftoverKind.DeallocatedMachine => "deallocated machine",
        LeftoverKind.OldSnapshot => "old snapshot",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
