using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScaleFunctions.Core.Throttling;

/// <summary>How closures are stored.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(LaneClosure))]
internal sealed partial class ThrottlingJson : JsonSerializerContext;
