using System.Text.Json.Serialization;

namespace ScaleFunctions.Sandbox.Faults;

/// <summary>What a fault does to the requests it meets.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AnswerWith), "answer")]
[JsonDerivedType(typeof(DelayAnswer), "delay")]
[JsonDerivedType(typeof(DropBeforeLanding), "dropBefore")]
[JsonDerivedType(typeof(DropAfterLanding), "dropAfter")]
[JsonDerivedType(typeof(TruncateAnswer), "truncate")]
[JsonDerivedType(typeof(Throttle), "throttle")]
[JsonDerivedType(typeof(ShowCapacity), "showCapacity")]
[JsonDerivedType(typeof(HideTags), "hideTags")]
[JsonDerivedType(typeof(TruncateResult), "truncateResult")]
[JsonDerivedType(typeof(EmptyMetrics), "emptyMetrics")]
[JsonDerivedType(typeof(ConstantMetrics), "constantMetrics")]
[JsonDerivedType(typeof(ShiftMetrics), "shiftMetrics")]
[JsonDerivedType(typeof(HotInstance), "hotInstance")]
[JsonDerivedType(typeof(SilentInstance), "silentInstance")]
[JsonDerivedType(typeof(OperationNeverEnds), "operationNeverEnds")]
[JsonDerivedType(typeof(OperationFails), "operationFails")]
[JsonDerivedType(typeof(SizeNotAllocated), "sizeNotAllocated")]
[JsonDerivedType(typeof(UnhealthySize), "unhealthySize")]
[JsonDerivedType(typeof(UpgradeFails), "upgradeFails")]
[JsonDerivedType(typeof(UpgradeStops), "upgradeStops")]
public abstract record FaultEffect;
