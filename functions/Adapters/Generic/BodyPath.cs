using System.Text.Json;

namespace ScaleFunctions.Adapters.Generic;

/// <summary>Members of a body by their path: <c>properties.template.scale</c>. There are no lists and no wildcards in it.</summary>
internal static class BodyPath
{
    /// <summary>The member, or nothing where it is missing or null.</summary>
    public static JsonElement? Find(JsonElement root, string path)
    {
        var at = root;
        foreach (var name in path.Split('.'))
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out var next) || next.ValueKind == JsonValueKind.Null)
            {
                return null;
            }

            at = next;
        }

        return at;
    }

    /// <summary>A plain value as text, as policies write it; nothing for a list, an object, or a member that is missing.</summary>
    public static string? Text(JsonElement root, string path) => Find(root, path) switch
    {
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        { ValueKind: JsonValueKind.Number } value => value.GetRawText(),
        { ValueKind: JsonValueKind.True } => "true",
        { ValueKind: JsonValueKind.False } => "false",
        _ => null,
    };

    /// <summary>A whole number; nothing for anything else.</summary>
    public static int? Number(JsonElement root, string path) =>
        Find(root, path) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    public static string Parent(string path) => path[..path.LastIndexOf('.')];

    public static string Leaf(string path) => path[(path.LastIndexOf('.') + 1)..];
}
