using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScaleFunctions.App.Local;

/// <summary>How the local mode's own values are written as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(RunFile))]
[JsonSerializable(typeof(StatePlace))]
internal sealed partial class LocalJson : JsonSerializerContext;
