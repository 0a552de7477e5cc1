namespace ScaleFunctions.Core.Targets;

/// <summary>What people should know of a virtual machine beside its numbers.</summary>
public static class MachineRemarks
{
    /// <summary>Shut down from within.</summary>
    public const string StoppedAndBilled = "stopped, but not deallocated: Azure bills it like one that runs";
}
