using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ScaleFunctions.Contract.Recording;

/// <summary>What a description of an API can tell apart: members, types and words, but no numbers, times and ids.</summary>
internal static partial class ExchangeShape
{
    public static string Of(Uri url) => Plain(Uri.UnescapeDataString(url.Host + url.PathAndQuery));

    /// <summary>The shape of a value. Of alike items of a list all but the first are taken out of it.</summary>
    public static string Prune(JsonNode? node) => node switch
    {
        JsonObject members => $"{{{string.Join(',', members.Select(member => $"{member.Key}:{Prune(member.Value)}"))}}}",
        JsonArray items => $"[{string.Join(',', PruneItems(items))}]",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Plain(value.GetValue<string>()),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => value.ToJsonString().Contains('.', StringComparison.Ordinal) ? "fraction" : "integer",
        null => "null",
        _ => node.ToJsonString(),
    };

    private static HashSet<string> PruneItems(JsonArray items)
    {
        var seen = new HashSet<string>();
        items.RemoveAll(item => !seen.Add(Prune(item)));
        return seen;
    }

    private static string Plain(string text) => Digits().Replace(Guids().Replace(text, "#"), "#");

    [GeneratedRegex("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Guids();

    [GeneratedRegex("[0-9]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digits();
}
