using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What an evaluation of everything would come to.</summary>
/// <param name="Seen">What the inventory could see; of what it could not nothing is known.</param>
/// <param name="Evaluations">Of every target that could be evaluated.</param>
/// <param name="Broken">Of every target that could not: several policies claim it, or a bug here was met.</param>
public sealed record Rehearsal(InventoryReading Seen, IReadOnlyList<TargetEvaluation> Evaluations, IReadOnlyList<TargetReport> Broken);
