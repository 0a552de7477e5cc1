using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Assessments.Leftovers;

/// <summary>Something that stands about. Nothing here deletes it: it says the command that does.</summary>
/// <param name="Id">The resource.</param>
/// <param name="Kind">What it is.</param>
/// <param name="What">What was seen, for people.</param>
/// <param name="Parts">What is billed of it: how much of what; empty where it costs nothing.</param>
public sealed record Leftover(TargetId Id, LeftoverKind Kind, string What, IReadOnlyList<BilledPart> Parts)
{
    /// <summary>The machine or plan that runs and does nothing; absent for what does not run.</summary>
    public ObservedTarget? Running { get; init; }

    /// <summary>Whether what is billed may be less than its parts: of a snapshot Azure bills what is stored, and tells the size of the disk.</summary>
    public bool IsAtMost => Kind == LeftoverKind.OldSnapshot;

    /// <summary>The command of the Azure CLI that ends its costs, to be read before it is run.</summary>
    public string Command => $"az {Verb} --ids '{Id.Value.Replace("'", "'\\''", StringComparison.Ordinal)}'{(Kind != LeftoverKind.IdlePlan ? "" : Parts.Sum(part => part.Units) > 1 ? " --number-of-workers 1" : " --sku B1")}";

    private string Verb => Kind switch
    {
        LeftoverKind.IdleMachine => "vm deallocate",
        LeftoverKind.IdlePlan => "appservice plan update",
        LeftoverKind.EmptyPlan => "appservice plan delete",
        LeftoverKind.UnattachedDisk => "disk delete",
        LeftoverKind.UnusedAddress => "network public-ip delete",
        LeftoverKind.EmptyLoadBalancer => "network lb delete",
        LeftoverKind.DeallocatedMachine => "vm delete",
        LeftoverKind.OldSnapshot => "snapshot delete",
        _ => throw new ArgumentOutOfRangeException($"{Kind}"),
    };
}
