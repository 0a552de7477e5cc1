using System.Text.Json.Nodes;

namespace ScaleFunctions.Bicep.Tests.Templates;

/// <summary>The resources of one variant, with the questions the rules ask.</summary>
internal sealed class Deployment(Variant variant, JsonObject snapshot)
{
    public Variant Variant { get; } = variant;

    public JsonArray Resources { get; } = snapshot["predictedResources"]!.AsArray();

    public JsonObject Site => One("Microsoft.Web/sites");

    public IReadOnlyList<JsonObject> Of(string type) =>
        [.. Resources.Select(resource => resource!.AsObject()).Where(resource => Text(resource, "type") == type)];

    public JsonObject One(string type) => Of(type) is [var only] ? only : throw new InvalidOperationException($"{Of(type).Count} of {type}");

    public static string? Text(JsonNode? node, params string[] path) => At(node, path)?.ToString();

    public static JsonNode? At(JsonNode? node, params string[] path) =>
        path.Aggregate(node, (current, name) => current is JsonObject ? current[name] : null);

    public static IEnumerable<string> Texts(JsonNode? list) => list is JsonArray array ? array.Select(entry => entry!.ToString()) : [];

    public JsonArray SettingList => At(Site, "properties", "siteConfig", "appSettings")!.AsArray();

    public IReadOnlyDictionary<string, string> Settings =>
        SettingList.ToDictionary(setting => setting!["name"]!.ToString(), setting => setting!["value"]!.ToString());

    /// <summary>The actions of the custom role whose name starts like this, over all groups it exists in.</summary>
    public IReadOnlyList<string> Actions(string roleName) =>
        [.. Roles(roleName).SelectMany(role => Texts(At(role, "properties", "permissions")![0]!["actions"])).Distinct()];

    public IReadOnlyList<JsonObject> Roles(string roleName) =>
        [.. Of("Microsoft.Authorization/roleDefinitions").Where(role => Text(role, "properties", "roleName")!.StartsWith(roleName, StringComparison.Ordinal))];
}
