using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScaleFunctions.Core.SelfCosts;

/// <summary>How usage is stored.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(UsageDay))]
internal sealed partial class SelfCostJson : JsonSerializerContext;
