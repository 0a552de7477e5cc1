using System.Text.Json.Serialization;

namespace ScaleFunctions.Adapters.Logs;

/// <summary>JSON of the logs API.</summary>
[JsonSerializable(typeof(LogQueryBody))]
internal sealed partial class LogsJson : JsonSerializerContext;
