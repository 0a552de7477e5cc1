using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScaleFunctions.Core.Cycle;

/// <summary>How findings are kept.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RightsizingRecord))]
internal sealed partial class RightsizingJson : JsonSerializerContext;
