using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>A whole answer: hosted answers are buffered by the Functions host and never streamed.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The media type of the body.</param>
/// <param name="Body">The text.</param>
/// <param name="Timeless">The body without what only the clock changes; absent when that is the body itself.</param>
internal sealed record ApiAnswer(int Status, string ContentType, string Body, string? Timeless = null)
{
    public static ApiAnswer Ok<TValue>(TValue value, JsonTypeInfo<TValue> json) =>
        new(StatusCodes.Status200OK, "application/json", JsonSerializer.Serialize(value, json));

    public static ApiAnswer Ok<TValue>(TValue value, TValue timeless, JsonTypeInfo<TValue> json) =>
        Ok(value, json) with { Timeless = JsonSerializer.Serialize(timeless, json) };

    public static ApiAnswer Of(ApiProblem problem) =>
        new(problem.Status, "application/problem+json", JsonSerializer.Serialize(problem, ApiJson.Default.ApiProblem));
}
