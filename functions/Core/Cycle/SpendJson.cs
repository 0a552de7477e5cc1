using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScaleFunctions.Core.Cycle;

/// <summary>How counted days are kept.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(KeptSpendDay))]
[JsonSerializable(typeof(CostReport))]
[JsonSerializable(typeof(Spending.SavingsStatement))]
[JsonSerializable(typeof(LeftoverRecord))]
internal sealed partial class SpendJson : JsonSerializerContext;
