using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Asks for the evaluation of one batch of targets in one tick. What it says of a target is a hint: before a write the resource is read again.</summary>
/// <remarks>The generated reader makes nothing of what a message of an earlier version lacks, so lists are never taken as they are.</remarks>
public sealed record EvaluateRequest
{
    /// <summary>Ticks are named so that later ones sort after earlier ones.</summary>
    public required string TickId { get; init; }

    public required DateTimeOffset TickAt { get; init; }

    /// <summary>Dropped when it comes later than this.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Number of the batch, from 0.</summary>
    public required int Batch { get; init; }

    /// <summary>Why the inventory is unfit for lowering; empty when it is complete.</summary>
    public string InventoryDoubt { get; init; } = "";

    /// <summary>What this batch may add under guardrails that cap a fleet.</summary>
    public IReadOnlyList<FleetRoom> Rooms { get => field ?? []; init; } = [];

    public required IReadOnlyList<ObservedTarget> Targets { get; init; }

    /// <summary>By target key: why a lowering proposed in the last tick may not be carried out; empty when it may.</summary>
    public IReadOnlyDictionary<string, string> Verdicts { get => field ?? None; init; } = None;

    /// <summary>By target key: no fewer instances than these, where a person has approved a lowering to them.</summary>
    public IReadOnlyDictionary<string, int> Floors { get => field ?? NoFloors; init; } = NoFloors;

    /// <summary>By target key: no fewer instances than these, where the lowering was judged as an unexpected one.</summary>
    public IReadOnlyDictionary<string, int> Surprises { get => field ?? NoFloors; init; } = NoFloors;

    /// <summary>By target key: what an event told about the resource since the last tick.</summary>
    public IReadOnlyDictionary<string, string> Events { get => field ?? None; init; } = None;

    /// <summary>The span that cut the batch, as W3C Trace Context writes it; absent when nobody traces.</summary>
    public string? TraceParent { get; init; }

    private static readonly Dictionary<string, string> None = [];

    private static readonly Dictionary<string, int> NoFloors = [];
}
