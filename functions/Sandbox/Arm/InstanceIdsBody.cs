using System.Text.Json;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>Reads which instances a request is about.</summary>
internal static class InstanceIdsBody
{
    /// <summary>Their ids; nothing when the body is no such list.</summary>
    public static IReadOnlyList<string>? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("instanceIds", out var list) && list.ValueKind == JsonValueKind.Array
                && list.GetArrayLength() > 0 && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
                ? [.. list.EnumerateArray().Select(item => item.GetString()!)]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
