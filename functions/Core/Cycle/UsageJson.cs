using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScaleFunctions.Core.Cycle;

/// <summary>How the past of metrics is kept.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(UsageDocument))]
internal sealed partial class UsageJson : JsonSerializerContext;
