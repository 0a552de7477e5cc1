using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScaleFunctions.Core.Cycle;

/// <summary>How prices are kept.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(List<KeptPrice>))]
internal sealed partial class PricesJson : JsonSerializerContext;
