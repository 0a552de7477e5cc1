using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Actions;

/// <summary>A write that brings instances up to what their resource says.</summary>
/// <param name="Target">The resource.</param>
/// <param name="Instances">Ids within it.</param>
public sealed record InstanceUpgrade(TargetId Target, IReadOnlyList<string> Instances);
