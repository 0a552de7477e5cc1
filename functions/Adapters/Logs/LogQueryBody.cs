using System.Text.Json.Serialization;

namespace ScaleFunctions.Adapters.Logs;

/// <summary>The body of a log query.</summary>
internal sealed record LogQueryBody([property: JsonPropertyName("query")] string Query);
