using System.Buffers;
using System.Text.Json;

namespace ScaleFunctions.App.Hosting;

/// <summary>
/// Reads the JSON protocol of custom handlers. The host sends objects as they are and everything else as JSON text inside a
/// JSON string, strings even twice; so a string that parses as JSON is taken for what it holds, at most twice.
/// </summary>
internal static class InvocationReader
{
    /// <summary>An event is at most 1 MiB; with its envelope and its repetition in the metadata it stays below this.</summary>
    public const int MaximumBytes = 4 * 1024 * 1024;

    private const int Layers = 2;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64 };

    /// <exception cref="InvocationFormatException">The body is no call.</exception>
    public static Invocation Read(string function, string invocationId, ReadOnlySequence<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                ? new Invocation(function, invocationId, Members(root, "Data", function), Members(root, "Metadata", function))
                : throw new InvocationFormatException($"the call of {function} is {Kind(root)}, not an object");
        }
        catch (JsonException exception)
        {
            throw new InvocationFormatException(
                $"the call of {function} is no JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}",
                exception);
        }
        catch (InvalidOperationException exception)
        {
            // The parser lets pass what only turns out to be no text when it is read: half a surrogate pair, bytes beyond UTF-8.
            throw new InvocationFormatException($"the call of {function} holds a string that is no Unicode text", exception);
        }
    }

    /// <summary>Takes a string that holds JSON for what it holds.</summary>
    public static JsonElement Unwrap(JsonElement element)
    {
        for (var layer = 0; layer < Layers && element.ValueKind == JsonValueKind.String; layer++)
        {
            if (Parse(element.GetString()!) is not { } inner)
            {
                break;
            }

            element = inner;
        }

        return element.Clone();
    }

    private static Dictionary<string, JsonElement> Members(JsonElement root, string name, string function)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
        var section = root.EnumerateObject().FirstOrDefault(member => string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase)).Value;
        switch (section.ValueKind)
        {
            case JsonValueKind.Undefined or JsonValueKind.Null:
                return members;
            case JsonValueKind.Object:
                foreach (var member in section.EnumerateObject())
                {
                    members[member.Name] = Unwrap(member.Value);
                }

                return members;
            default:
                throw new InvocationFormatException($"{name} of the call of {function} is {Kind(section)}, not an object");
        }
    }

    private static JsonElement? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.Null => "null",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        _ => "a boolean",
    };
}
