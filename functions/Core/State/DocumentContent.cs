using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ScaleFunctions.Core.State;

/// <summary>
/// Reads what documents hold. Documents are helpers beside the rows that decide what is written: what somebody has been at, or a
/// damaged page holds, must keep no tick from its end. Each reader goes on as if nothing was known, on the side on which nothing
/// is lowered by it, and writes the document anew.
/// </summary>
public static class DocumentContent
{
    /// <summary>What a document holds; nothing when it is no such thing.</summary>
    public static T? Read<T>(this StoredDocument document, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(document.Json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
