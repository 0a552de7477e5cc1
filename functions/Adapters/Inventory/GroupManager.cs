using System.Text.Json;
using ScaleFunctions.Adapters.Arm;

namespace ScaleFunctions.Adapters.Inventory;

/// <summary>Reads what manages resource groups from Resource Manager, where Resource Graph cannot be asked.</summary>
internal static class GroupManager
{
    /// <returns>By <see cref="EstateGraph.GroupKey"/>: what manages the group; groups that nothing manages are not in it.</returns>
    public static async Task<Reading<IReadOnlyDictionary<string, string>>> ReadAsync(
        ArmPipelines arm, string subscription, CancellationToken cancellationToken)
    {
        var managers = new Dictionary<string, string>();
        var address = new Uri(
            arm.Connection.Environment.Endpoint,
            $"/subscriptions/{Uri.EscapeDataString(subscription)}/resourcegroups?api-version={ApiVersions.ResourceGroups}");
        try
        {
            var problem = await ArmPages.ReadAsync(
                arm, address, "resource groups", (group, _) => Add(managers, group), cancellationToken).ConfigureAwait(false);
            return new(problem is null ? managers : null, problem ?? "");
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            return Reading<IReadOnlyDictionary<string, string>>.Failed($"resource groups: {AzureFaults.Describe(exception)}");
        }
    }

    /// <summary>Adds a group, <c>/subscriptions/{s}/resourceGroups/{g}</c>, when something manages it.</summary>
    /// <exception cref="JsonException">It has no id, or what manages it is no text.</exception>
    public static void Add(Dictionary<string, string> managers, JsonElement group)
    {
        if (group.ValueKind != JsonValueKind.Object || !group.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.String
            || id.GetString()!.Trim('/').Split('/') is not [_, var subscription, _, var name]
            || (group.TryGetProperty("managedBy", out var manager) && manager.ValueKind is not (JsonValueKind.String or JsonValueKind.Null)))
        {
            throw new JsonException("a resource group is not readable");
        }

        if (manager.ValueKind == JsonValueKind.String && manager.GetString() is { Length: > 0 } text)
        {
            managers[$"{subscription}/{name}".ToLowerInvariant()] = text;
        }
    }
}
