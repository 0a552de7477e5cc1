using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Autoscale;

namespace ScaleFunctions.Adapters.Autoscale;

/// <summary>
/// A setting as it was read, and as it is sent back: everything, also what nobody here knows, except what the specification marks
/// as read-only. Only our profile is another one.
/// </summary>
internal static class SettingBody
{
    /// <summary>Far more than twenty profiles of ten rules have.</summary>
    public const int LargestBody = 1024 * 1024;

    /// <summary>What <c>AutoscaleSettingResource</c> marks <c>readOnly</c> in 2022-10-01; a test compares it with the specification.</summary>
    public static readonly FrozenSet<string> ReadOnly = FrozenSet.ToFrozenSet(["id", "name", "type", "systemData"], StringComparer.OrdinalIgnoreCase);

    private static readonly JsonSerializerOptions AsItCame = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The body as JSON.</summary>
    /// <exception cref="JsonException">It is not, or not unmistakably.</exception>
    public static JsonDocument Parse(BinaryData body) => JsonDocument.Parse(body.ToMemory(), JsonVersion.Strict);

    public static string Version(JsonElement setting) => JsonVersion.Of(setting, ReadOnly);

    /// <summary>The setting with a floor of ours in place of the one it may have, or without one where its own minimum is wanted.</summary>
    public static BinaryData WithFloor(BinaryData body, SettingAnswer answer, int minimum, DateTimeOffset now)
    {
        var root = JsonNode.Parse(body.ToMemory().Span, documentOptions: JsonVersion.Strict)!.AsObject();
        foreach (var name in root.Select(member => member.Key).Where(ReadOnly.Contains).ToList())
        {
            root.Remove(name);
        }

        var profiles = root["properties"]!["profiles"]!.AsArray();
        var own = profiles.First(profile => NameOf(profile) == answer.Own!.Name)!.AsObject();
        var floor = minimum > answer.Own!.Minimum ? FloorProfile.Of(own, answer.Own, minimum, now, FloorProfile.End(now, answer.NextChange)) : null;
        foreach (var ours in profiles.Where(profile => TemporaryFloor.Name.Equals(NameOf(profile), StringComparison.OrdinalIgnoreCase)).ToList())
        {
            profiles.Remove(ours);
        }

        if (floor is not null)
        {
            profiles.Insert(0, floor);
        }

        return BinaryData.FromString(root.ToJsonString(AsItCame));
    }

    private static string? NameOf(JsonNode? profile) => profile!["name"]!.GetValue<string>();
}
