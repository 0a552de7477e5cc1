using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScaleFunctions.Core.Policies.Schemas;

/// <summary>The shapes as JSON sees them.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.General, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(PolicyShapes.Metadata))]
[JsonSerializable(typeof(PolicyShapes.Workload))]
[JsonSerializable(typeof(PolicyShapes.HorizontalScaling))]
[JsonSerializable(typeof(LoadBasedScalingShapes.LoadBasedScaling))]
[JsonSerializable(typeof(PredictiveScalingShapes.PredictiveScaling))]
[JsonSerializable(typeof(VerticalScalingShapes.VerticalScaling))]
[JsonSerializable(typeof(ResourceRightsizingShapes.ResourceRightsizing))]
[JsonSerializable(typeof(UsageOptimizationShapes.UsageOptimization))]
[JsonSerializable(typeof(UsageOptimizationShapes.Findings))]
[JsonSerializable(typeof(CostMonitoringShapes.CostMonitoring))]
[JsonSerializable(typeof(BudgetAlertsShapes.BudgetAlerts))]
[JsonSerializable(typeof(PolicyShapes.Guardrails))]
[JsonSerializable(typeof(PolicyShapes.RingOrder))]
[JsonSerializable(typeof(PolicyShapes.Ring))]
[JsonSerializable(typeof(PolicyShapes.Criteria))]
[JsonSerializable(typeof(PolicyShapes.ChangeCalendar))]
[JsonSerializable(typeof(ResourceKindShapes.ResourceKind))]
[JsonSerializable(typeof(AlertChannelShapes.AlertChannels))]
[JsonSerializable(typeof(PolicyShapes.PolicyTest))]
internal sealed partial class PolicyShapesJson : JsonSerializerContext;
