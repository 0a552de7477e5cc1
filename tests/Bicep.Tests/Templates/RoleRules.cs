using System.Text.Json.Nodes;
using static ScaleFunctions.Bicep.Tests.Templates.Breakage;
using static ScaleFunctions.Bicep.Tests.Templates.Deployment;
using static ScaleFunctions.Bicep.Tests.Templates.TemplateRules;

namespace ScaleFunctions.Bicep.Tests.Templates;

/// <summary>Who may do what: roles, whom they are given to and where, and that only mode act has an identity that can write.</summary>
internal static class RoleRules
{
    private const string Identities = "Microsoft.ManagedIdentity/userAssignedIdentities";
    private const string RoleDefinitions = "Microsoft.Authorization/roleDefinitions";
    private const string RoleAssignments = "Microsoft.Authorization/roleAssignments";

    private static readonly string[] ObserveActions =
    [
        "Microsoft.Compute/virtualMachineScaleSets/read", "Microsoft.Compute/virtualMachineScaleSets/instanceView/read",
        "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/read", "Microsoft.Compute/virtualMachineScaleSets/skus/read",
        "Microsoft.Compute/virtualMachines/vmSizes/read", "Microsoft.Web/serverfarms/skus/read",
        "Microsoft.Web/serverfarms/read", "Microsoft.Web/serverfarms/sites/read", "Microsoft.Web/sites/read",
        "Microsoft.ContainerService/managedClusters/read", "Microsoft.Compute/virtualMachines/read",
        "Microsoft.Insights/metrics/read", "Microsoft.Insights/metricDefinitions/read", "Microsoft.Insights/autoscaleSettings/read",
        "Microsoft.Authorization/denyAssignments/read", "Microsoft.Authorization/locks/read", "Microsoft.Authorization/permissions/read",
        "Microsoft.Compute/locations/usages/read", "Microsoft.Compute/skus/read", "Microsoft.Insights/eventtypes/values/read", "Microsoft.Advisor/recommendations/read",
        "Microsoft.CostManagement/query/read", "Microsoft.CostManagement/forecast/read", "Microsoft.Consumption/budgets/read", "Microsoft.Consumption/usageDetails/read",
        "Microsoft.Compute/disks/read", "Microsoft.Compute/snapshots/read", "Microsoft.Network/publicIPAddresses/read", "Microsoft.Network/loadBalancers/read",
        "Microsoft.ResourceGraph/resources/read", "Microsoft.Resources/subscriptions/read", "Microsoft.Resources/subscriptions/resourceGroups/read",
    ];

    private static readonly string[] ActActions =
    [
        "Microsoft.Compute/virtualMachineScaleSets/read", "Microsoft.Compute/virtualMachineScaleSets/instanceView/read",
        "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/read", "Microsoft.Compute/virtualMachineScaleSets/write",
        "Microsoft.Compute/virtualMachineScaleSets/manualUpgrade/action",
        "Microsoft.Compute/virtualMachines/read", "Microsoft.Compute/virtualMachines/start/action", "Microsoft.Compute/virtualMachines/deallocate/action",
        "Microsoft.Web/serverfarms/read", "Microsoft.Web/serverfarms/sites/read", "Microsoft.Web/sites/read", "Microsoft.Web/serverfarms/write",
        "Microsoft.Insights/autoscaleSettings/read", "Microsoft.Insights/autoscaleSettings/write", "Microsoft.Authorization/permissions/read",
    ];

    // As wide as that of scale sets, and granted with `resizeMachines` only.
    private const string ResizeAction = "Microsoft.Compute/virtualMachines/write";

    // Each built-in role we hand out, the resource it may be on, and who may have it. Anything else, such as Contributor, is a finding.
    private static readonly (string Role, string Scope, string Holder)[] BuiltInRoles =
    [
        ("3913510d-42f4-4e42-8a64-420c390055eb", "/providers/Microsoft.Insights/components/", "-host'"),
        ("b7e6dc6d-f1e8-4753-8033-0f276bb0955b", "/providers/Microsoft.Storage/storageAccounts/", "-host'"),
        ("974c5e8b-45b9-4653-ba55-5f855dd0fb88", "/queueServices/default/queues/", "-host'"),
        ("0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3", "/tableServices/default/tables/state/", "-host'"),
        ("3b03c2da-16b3-4a49-8834-0f8130efdd3b", "/resourceGroups/rg-signals/providers/Microsoft.OperationalInsights/workspaces/logs/", "-host'"),
        ("19e7f393-937e-4f77-808e-94535e297925", "/resourceGroups/rg-signals/providers/Microsoft.Storage/storageAccounts/orders/", "-host'"),
        ("2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", "/resourceGroups/rg-policies/providers/Microsoft.Storage/storageAccounts/policies/blobServices/default/containers/fleet/", "-host'"),
        ("d5a91429-5739-47e2-a06b-3470a27159e7", "/providers/Microsoft.EventGrid/topics/", "-host'"),
        ("ba92f5b4-2d11-453d-a403-e96b0029c9fe", "/containers/dead-letters/", "-events'"),
        ("ba92f5b4-2d11-453d-a403-e96b0029c9fe", "/containers/releases/", "33333333-3333-3333-3333-333333333333"),
    ];

    public static readonly IReadOnlyList<TemplateRule> All =
    [
        new("No role has a wildcard, a delete or an action that runs code or reads keys", ForbiddenActions,
            Action("*"),
            Action("Microsoft.Compute/*"),
            Action("Microsoft.Compute/virtualMachineScaleSets/delete"),
            Action("Microsoft.Compute/virtualMachineScaleSets/extensions/write"),
            Action("Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommand/action"),
            Action("Microsoft.Storage/storageAccounts/listKeys/action"),
            Action("Microsoft.Authorization/roleAssignments/write")),
        new("Roles have exactly the listed actions, the write role ends at a resource group", RoleLists,
            Action("Microsoft.Compute/disks/read"),
            InAct("an action is missing", deployment => deployment.Roles("ScaleFunctions act")[0]["properties"]!["permissions"]![0]!["actions"]!.AsArray().RemoveAt(2)),
            InAct("the write role can be assigned on the subscription", deployment => deployment.Roles("ScaleFunctions act")[0]["properties"]!["assignableScopes"] = new JsonArray("/subscriptions/22222222-2222-2222-2222-222222222222")),
            InObserve("a third role", deployment => deployment.Resources.Add(Role("ScaleFunctions extra", "Microsoft.Compute/virtualMachines/read")))),
        new("Built-in roles are known, and only where and for whom they are needed", Assignments,
            Assigned("b24988ac-6180-42a0-ab88-20f7382dd24c", "/subscriptions/2/resourceGroups/rg-scale", "-host'"),
            Assigned("974c5e8b-45b9-4653-ba55-5f855dd0fb88", "/subscriptions/2/resourceGroups/rg-scale/providers/Microsoft.Storage/storageAccounts/sf", "-host'"),
            Assigned("2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", "/subscriptions/2/resourceGroups/rg-policies/providers/Microsoft.Storage/storageAccounts/policies", "-host'"),
            Assigned("b7e6dc6d-f1e8-4753-8033-0f276bb0955b", "/subscriptions/2/resourceGroups/rg-scale/providers/Microsoft.Storage/storageAccounts/sf", "-act'")),
        new("Observe has no act identity, no write action, no act setting", Observe,
            InObserve("an act identity", deployment => deployment.Resources.Add(new JsonObject { ["type"] = Identities, ["name"] = "scale-x-act" })),
            InObserve("a write action", deployment => deployment.Roles("ScaleFunctions observe")[0]["properties"]!["permissions"]![0]!["actions"]!.AsArray().Add("Microsoft.Compute/virtualMachineScaleSets/write")),
            InObserve("the site carries a second identity", deployment => deployment.Site["identity"]!["userAssignedIdentities"]!["/x-act"] = new JsonObject()),
            InObserve("a client id to act with", deployment => deployment.SettingList.Add(Setting("Azure__ActClientId", "x"))),
            InObserve("the mode is act", deployment => Change(deployment, "ScaleFunctions__Mode", "act"))),
        new("Act has its own identity, a write role in the fleet's group, and both settings", Act,
            InAct("no act identity", deployment => deployment.Resources.Remove(deployment.Of(Identities).Single(ActIdentity))),
            InAct("no write role", deployment => deployment.Resources.Remove(deployment.Roles("ScaleFunctions act")[0])),
            InAct("the write role is given to the host", deployment => ActAssignment(deployment)["properties"]!["principalId"] = "[reference('x-host').principalId]"),
            InAct("the write role is given on the subscription", deployment => ActAssignment(deployment)["id"] = "/subscriptions/2/providers/Microsoft.Authorization/roleAssignments/1"),
            InAct("reads and writes with one identity", deployment => Change(deployment, "Azure__ActClientId", deployment.Settings["Azure__ReadClientId"]))),
    ];

    private static IEnumerable<string> ForbiddenActions(Deployment deployment) =>
        from role in deployment.Of(RoleDefinitions)
        from permission in At(role, "properties", "permissions")!.AsArray()
        from action in Texts(permission!["actions"]).Concat(Texts(permission["dataActions"]))
        where IsForbidden(action)
        select $"{Text(role, "properties", "roleName")} may {action}";

    /// <summary>A wildcard, a delete, what runs code, what reads keys, what gives rights.</summary>
    internal static bool IsForbidden(string action)
    {
        var name = action.ToUpperInvariant();
        return name.Contains('*') || name.EndsWith("/DELETE", StringComparison.Ordinal) || name.Contains("/EXTENSIONS/") || name.Contains("RUNCOMMAND")
            || name.Contains("/LIST") || (name.StartsWith("MICROSOFT.AUTHORIZATION/", StringComparison.Ordinal) && !name.EndsWith("/READ", StringComparison.Ordinal));
    }

    private static IEnumerable<string> RoleLists(Deployment deployment)
    {
        yield return Same("actions of observe", deployment.Actions("ScaleFunctions observe"), ObserveActions);
        yield return Same("actions of act", deployment.Actions("ScaleFunctions act"), deployment.Variant is { ResizesMachines: true } ? [.. ActActions, ResizeAction] : deployment.Variant.Acts ? ActActions : []);
        yield return Expect("number of roles", $"{deployment.Of(RoleDefinitions).Count}", deployment.Variant.Acts ? "2" : "1");
        foreach (var scope in deployment.Roles("ScaleFunctions act").SelectMany(role => Texts(At(role, "properties", "assignableScopes"))))
        {
            yield return scope.EndsWith("/resourceGroups/rg-fleet", StringComparison.Ordinal) ? "" : $"the write role can be assigned on {scope}";
        }
    }

    private static IEnumerable<string> Assignments(Deployment deployment)
    {
        var custom = deployment.Of(RoleDefinitions).Select(role => role["name"]!.ToString()).ToHashSet();
        return from assignment in deployment.Of(RoleAssignments)
               let role = Text(assignment, "properties", "roleDefinitionId")!.Split('/')[^1].TrimEnd('\'', ')', ']')
               let place = assignment["id"]!.ToString()
               let holder = Text(assignment, "properties", "principalId")!
               where !custom.Contains(role) && !BuiltInRoles.Any(known => known.Role == role && place.Contains(known.Scope) && holder.Contains(known.Holder))
               select $"role {role} on {place} for {holder}";
    }

    private static IEnumerable<string> Observe(Deployment deployment)
    {
        if (deployment.Variant.Acts)
        {
            yield break;
        }

        yield return deployment.Of(Identities).Any(ActIdentity) ? "there is an act identity" : "";
        yield return Same("identities of the site", deployment.Site["identity"]!["userAssignedIdentities"]!.AsObject().Select(identity => identity.Key.Split('-')[^1]), ["host"]);
        yield return deployment.Settings.ContainsKey("Azure__ActClientId") ? "there is a client id to act with" : "";
        yield return Expect("mode", deployment.Settings["ScaleFunctions__Mode"], "observe");
        foreach (var action in deployment.Of(RoleDefinitions).SelectMany(role => Texts(role["properties"]!["permissions"]![0]!["actions"])))
        {
            yield return action.EndsWith("/read", StringComparison.Ordinal) ? "" : $"observe may {action}";
        }
    }

    private static IEnumerable<string> Act(Deployment deployment)
    {
        if (!deployment.Variant.Acts)
        {
            yield break;
        }

        yield return Expect("act identities", $"{deployment.Of(Identities).Count(ActIdentity)}", "1");
        yield return Expect("write roles", $"{deployment.Roles("ScaleFunctions act").Count}", "1");
        yield return Expect("mode", deployment.Settings["ScaleFunctions__Mode"], "act");
        yield return deployment.Settings["Azure__ActClientId"] == deployment.Settings["Azure__ReadClientId"] ? "one identity reads and writes" : "";
        if (deployment.Roles("ScaleFunctions act") is [_])
        {
            var assignment = ActAssignment(deployment);
            yield return assignment["id"]!.ToString().Contains("/resourceGroups/rg-fleet/providers/Microsoft.Authorization/") ? "" : $"the write role is on {assignment["id"]}";
            yield return Text(assignment, "properties", "principalId")!.Contains("-act'") ? "" : "somebody else than the act identity has the write role";
        }
    }

    private static Breakage Action(string action) => InAct(
        $"the write role may {action}",
        deployment => deployment.Roles("ScaleFunctions act")[0]["properties"]!["permissions"]![0]!["actions"]!.AsArray().Add(action));

    private static Breakage Assigned(string role, string scope, string holder) => InAct($"{role} on {scope} for {holder}", deployment => deployment.Resources.Add(new JsonObject
    {
        ["type"] = RoleAssignments,
        ["id"] = $"{scope}/providers/{RoleAssignments}/1",
        ["properties"] = new JsonObject { ["roleDefinitionId"] = $"/subscriptions/2/providers/{RoleDefinitions}/{role}", ["principalId"] = $"[reference('scale-x{holder}).principalId]" },
    }));

    private static JsonObject Role(string name, string action) => new()
    {
        ["type"] = RoleDefinitions,
        ["properties"] = new JsonObject { ["roleName"] = name, ["permissions"] = new JsonArray(new JsonObject { ["actions"] = new JsonArray(action) }) },
    };

    private static bool ActIdentity(JsonObject identity) => identity["name"]!.ToString().EndsWith("-act", StringComparison.Ordinal);

    private static JsonObject ActAssignment(Deployment deployment)
    {
        var role = deployment.Roles("ScaleFunctions act")[0]["name"]!.ToString();
        return deployment.Of(RoleAssignments).Single(assignment => Text(assignment, "properties", "roleDefinitionId")!.Contains(role));
    }
}
