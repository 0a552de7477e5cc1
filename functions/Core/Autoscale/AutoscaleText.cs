using System.Text.Json;

namespace ScaleFunctions.Core.Autoscale;

/// <summary>Texts in the JSON of a setting.</summary>
public static class AutoscaleText
{
    /// <summary>A text; null when it is none, or holds half of a character, which JSON can write and no text can hold.</summary>
    public static string? Of(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A text member; null when there is none.</summary>
    public static string? Of(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) ? Of(value) : null;
}
