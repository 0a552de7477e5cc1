using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>Instances that shall become as their resource says, and which faults that shall meet.</summary>
/// <param name="Instances">Their numbers as text; <c>*</c> for all.</param>
/// <param name="Faults">What goes wrong.</param>
internal sealed record UpgradeRequest(IReadOnlyList<string> Instances, IReadOnlyList<FaultEffect> Faults);
