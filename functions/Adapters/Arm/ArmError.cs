using System.Text.Json;
using Azure;
using ScaleFunctions.Core.Actions;

namespace ScaleFunctions.Adapters.Arm;

/// <summary>What Azure says when it refuses: the outermost error and, when one of the nested ones tells more, that one.</summary>
internal sealed record ArmError(int Status, string Code, string Message)
{
    private const int LongestBody = 256 * 1024;
    private const int DeepestNesting = 8;

    /// <summary>The error of an answer. A body that is no error message leaves the status to speak.</summary>
    public static ArmError Parse(Response? response)
    {
        if (response is null)
        {
            return new ArmError(0, "", "no answer");
        }

        var unreadable = new ArmError(response.Status, "", AzureFaults.OneLine(response.ReasonPhrase));
        if (response.ContentStream is null || response.Content.ToMemory().Length > LongestBody)
        {
            return unreadable;
        }

        try
        {
            using var document = JsonDocument.Parse(response.Content);
            return Find(document.RootElement, response.Status) ?? unreadable;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second is what a string comes to that is no Unicode text: half a surrogate pair, bytes beyond UTF-8.
            return unreadable;
        }
    }

    /// <summary>The error in an answer's JSON: under <c>error</c>, or bare.</summary>
    public static ArmError? Find(JsonElement root, int status)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var errors = Flatten(root.TryGetProperty("error", out var error) ? error : root, status, depth: 0).ToList();

        // "DeploymentFailed" around "AllocationFailed": the inner one is what happened.
        return errors.Find(candidate => FailureClasses.Knows(candidate)) ?? errors.FirstOrDefault();
    }

    public FailureClass Class => FailureClasses.Of(this);

    public string Describe() => Code.Length == 0 ? $"HTTP {Status} {Message}".TrimEnd() : $"HTTP {Status} {Code}: {Message}";

    private static IEnumerable<ArmError> Flatten(JsonElement error, int status, int depth)
    {
        if (error.ValueKind != JsonValueKind.Object || depth > DeepestNesting)
        {
            yield break;
        }

        // App Service writes its errors bare and in capitals.
        var code = Text(error, "code", "Code");
        if (code.Length > 0)
        {
            yield return new ArmError(status, code, Text(error, "message", "Message"));
        }

        if (Member(error, "details", "Details") is { ValueKind: JsonValueKind.Array } details)
        {
            foreach (var inner in details.EnumerateArray().SelectMany(detail => Flatten(detail, status, depth + 1)))
            {
                yield return inner;
            }
        }

        if (Member(error, "innererror", "ErrorEntity") is { } innerError)
        {
            foreach (var inner in Flatten(innerError, status, depth + 1))
            {
                yield return inner;
            }
        }
    }

    private static string Text(JsonElement element, string name, string other) =>
        Member(element, name, other) is { ValueKind: JsonValueKind.String } value ? AzureFaults.OneLine(value.GetString()!) : "";

    private static JsonElement? Member(JsonElement element, string name, string other) =>
        element.TryGetProperty(name, out var value) || element.TryGetProperty(other, out value) ? value : null;
}
