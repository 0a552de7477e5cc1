using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScaleFunctions.Core.Cycle;

/// <summary>How budgets and messages about them are kept.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BudgetRecord))]
[JsonSerializable(typeof(BudgetSignal))]
[JsonSerializable(typeof(BudgetRequest))]
public sealed partial class BudgetJson : JsonSerializerContext;
