using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScaleFunctions.Core.Journal.Facts;

/// <summary>How facts are written as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DecisionFacts))]
[JsonSerializable(typeof(EndFacts))]
[JsonSerializable(typeof(PhaseFacts))]
[JsonSerializable(typeof(DriftFacts))]
[JsonSerializable(typeof(SpanFacts))]
[JsonSerializable(typeof(HandleFacts))]
[JsonSerializable(typeof(OverrideFacts))]
[JsonSerializable(typeof(ForecastFacts))]
[JsonSerializable(typeof(OffFacts))]
[JsonSerializable(typeof(PolicyFacts))]
[JsonSerializable(typeof(RolloutFacts))]
[JsonSerializable(typeof(PoisonFacts))]
[JsonSerializable(typeof(InventoryFacts))]
[JsonSerializable(typeof(RefusalFacts))]
[JsonSerializable(typeof(QuarantineFacts))]
[JsonSerializable(typeof(ForeignOperationFacts))]
[JsonSerializable(typeof(DenialFacts))]
[JsonSerializable(typeof(AnchorFacts))]
[JsonSerializable(typeof(ApprovalFacts))]
[JsonSerializable(typeof(SpendFacts))]
[JsonSerializable(typeof(BudgetFacts))]
public sealed partial class FactsJson : JsonSerializerContext;
