using System.Text.Json;

namespace ScaleFunctions.Adapters.Conformance;

/// <summary>An answer as it came.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Headers">All headers, without regard to case.</param>
/// <param name="Body">The body; absent when it is no JSON.</param>
/// <param name="Content">The body as it came.</param>
public sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, JsonElement? Body, BinaryData Content);
