using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>A whole answer: hosted answers are buffered by the Functions host and never streamed.</summary>
internal sealed record ApiAnswer(int Status, string ContentType, string Body)
{
    public static ApiAnswer Ok<TValue>(TValue value, JsonTypeInfo<TValue> json) =>
        new(StatusCodes.Status200OK, "application/json", JsonSerializer.Serialize(value, json));

    public static ApiAnswer Of(ApiProblem problem) =>
        new(problem.Status, "application/problem+json", JsonSerializer.Serialize(problem, ApiJson.Default.ApiProblem));
}
