namespace ScaleFunctions.Core.Assessments.Leftovers;

/// <summary>What stands about and costs.</summary>
public enum LeftoverKind
{
    /// <summary>A virtual machine whose processors do next to nothing.</summary>
    IdleMachine,

    /// <summary>A plan with apps whose processors do next to nothing.</summary>
    IdlePlan,

    /// <summary>A plan without an app.</summary>
    EmptyPlan,

    /// <summary>A managed disk that no machine has.</summary>
    UnattachedDisk,

    /// <summary>A public address that nothing has.</summary>
    UnusedAddress,

    /// <summary>A load balancer with nothing behind it.</summary>
    EmptyLoadBalancer,

    /// <summary>A virtual machine that has been deallocated for long; its disks are paid for.</summary>
    DeallocatedMachine,

    /// <summary>A snapshot that is older than anybody restores from.</summary>
    OldSnapshot,
}
