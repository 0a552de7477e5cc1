using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static ScaleFunctions.Bicep.Tests.Templates.Deployment;
using static ScaleFunctions.Bicep.Tests.Templates.TemplateRules;

namespace ScaleFunctions.Bicep.Tests.Templates;

/// <summary>What a network of its own means: private addresses, names for them, and nothing open but what has to be.</summary>
internal static partial class NetworkRules
{
    private const string Accounts = "Microsoft.Storage/storageAccounts";
    private const string Networks = "Microsoft.Network/virtualNetworks";
    private const string Endpoints = "Microsoft.Network/privateEndpoints";
    private const string Zones = "Microsoft.Network/privateDnsZones";
    private const string Links = "Microsoft.Network/privateDnsZones/virtualNetworkLinks";
    private const string Names = "Microsoft.Network/privateEndpoints/privateDnsZoneGroups";
    private const string Topics = "Microsoft.EventGrid/topics";

    public static readonly IReadOnlyList<TemplateRule> All =
    [
        new("A network of its own closes storage, topic and app to the internet but for Azure services that have to call", Closed,
            Private("storage is open", deployment => deployment.One(Accounts)["properties"]!["publicNetworkAccess"] = "Enabled"),
            Private("storage lets everybody in", deployment => deployment.One(Accounts)["properties"]!["networkAcls"]!["defaultAction"] = "Allow"),
            Private("the topic is open", deployment => deployment.One(Topics)["properties"]!["publicNetworkAccess"] = "Enabled"),
            Private("the app lets everybody in", deployment => Config(deployment)["ipSecurityRestrictionsDefaultAction"] = "Allow"),
            Private("deploying is open to everybody", deployment => Config(deployment)["scmIpSecurityRestrictionsDefaultAction"] = "Allow"),
            Private("somebody else may call", deployment => Config(deployment)["ipSecurityRestrictions"]!.AsArray().Add(new JsonObject { ["ipAddress"] = "Internet", ["tag"] = "ServiceTag", ["action"] = "Allow" })),
            Private("budgets cannot call", deployment => Config(deployment)["ipSecurityRestrictions"]!.AsArray().RemoveAt(1)),
            PrivateObserving("the app is open though nobody calls it", deployment => deployment.Site["properties"]!["publicNetworkAccess"] = "Enabled")),
        new("Each private side has an endpoint and its name in a zone that the network looks up", Reached,
            Private("the table has none", deployment => deployment.Resources.Remove(Named(deployment, Endpoints, "-table"))),
            Private("the topic has none", deployment => deployment.Resources.Remove(Named(deployment, Endpoints, "-topic"))),
            Private("one leads to another side", deployment => Connection(Named(deployment, Endpoints, "-queue"))["groupIds"] = new JsonArray("blob")),
            Private("one is in the app's subnet", deployment => Named(deployment, Endpoints, "-blob")["properties"]!["subnet"]!["id"] = "/subnets/app"),
            Private("a name is in the zone of another", deployment => Named(deployment, Names, "-blob/default")["properties"]!["privateDnsZoneConfigs"]![0]!["properties"]!["privateDnsZoneId"] = "/privatelink.queue.core.windows.net"),
            Private("a zone is missing", deployment => deployment.Resources.Remove(deployment.Of(Zones)[0])),
            Private("a zone is not looked up", deployment => deployment.Resources.Remove(deployment.Of(Links)[0]))),
        new("The app calls by a subnet that is its own and delegated to its plan", Joined,
            Private("by none", deployment => deployment.Site["properties"]!["virtualNetworkSubnetId"] = null),
            Private("by that of the endpoints", deployment => deployment.Site["properties"]!["virtualNetworkSubnetId"] = "/subnets/endpoints"),
            Private("by the internet", deployment => Config(deployment)["vnetRouteAllEnabled"] = false),
            Private("queues are not seen", deployment => Config(deployment)["functionsRuntimeScaleMonitoringEnabled"] = false),
            PrivateObserving("a subnet of another plan", deployment => Delegation(deployment)["serviceName"] = "Microsoft.Web/serverFarms"),
            PrivateObserving("subnets that overlap", deployment => deployment.One(Networks)["properties"]!["subnets"]![1]!["properties"]!["addressPrefix"] = "10.90.0.0/26")),
        new("Without a network nothing of one is made", None,
            Breakage.InAct("an endpoint", deployment => deployment.Resources.Add(new JsonObject { ["type"] = Endpoints })),
            Breakage.InObserve("a closed account that nobody reaches", deployment => deployment.One(Accounts)["properties"]!["publicNetworkAccess"] = "Disabled")),
    ];

    private static IEnumerable<string> Closed(Deployment deployment)
    {
        if (!deployment.Variant.IsPrivate)
        {
            yield break;
        }

        var account = deployment.One(Accounts)["properties"];
        yield return Expect("access to storage", Text(account, "publicNetworkAccess"), "Disabled");
        yield return Expect("others at storage", Text(account, "networkAcls", "defaultAction"), "Deny");
        foreach (var topic in deployment.Of(Topics))
        {
            yield return Expect("access to the topic", Text(topic, "properties", "publicNetworkAccess"), "Disabled");
        }

        yield return Expect("access to the app", Text(deployment.Site, "properties", "publicNetworkAccess"), deployment.Variant.Acts ? "Enabled" : "Disabled");
        yield return Expect("others at the app", Text(Config(deployment), "ipSecurityRestrictionsDefaultAction"), "Deny");
        yield return Expect("others who deploy", Text(Config(deployment), "scmIpSecurityRestrictionsDefaultAction"), "Deny");
        var callers = At(Config(deployment), "ipSecurityRestrictions")!.AsArray();
        yield return Same("callers", callers.Select(caller => $"{caller!["action"]} {caller["tag"]} {caller["ipAddress"]}"), deployment.Variant.Acts ? ["Allow ServiceTag AzureEventGrid", "Allow ServiceTag ActionGroup"] : []);
    }

    private static IEnumerable<string> Reached(Deployment deployment)
    {
        if (!deployment.Variant.IsPrivate)
        {
            yield break;
        }

        var sides = new Dictionary<string, (string Target, string Zone)>
        {
            ["blob"] = ("/storageAccounts/", "privatelink.blob.core.windows.net"),
            ["queue"] = ("/storageAccounts/", "privatelink.queue.core.windows.net"),
            ["table"] = ("/storageAccounts/", "privatelink.table.core.windows.net"),
            ["sites"] = ("/sites/", "privatelink.azurewebsites.net"),
        };
        if (deployment.Variant.Acts)
        {
            sides["topic"] = ("/topics/", "privatelink.eventgrid.azure.net");
        }

        yield return Same("endpoints", deployment.Of(Endpoints).Select(endpoint => endpoint["name"]!.ToString().Split('-')[^1]), sides.Keys);
        yield return Same("zones", deployment.Of(Zones).Select(zone => Zone(zone["name"]!.ToString())), sides.Values.Select(side => side.Zone));
        yield return Same("zones looked up", deployment.Of(Links).Select(link => Zone(link["name"]!.ToString())), sides.Values.Select(side => side.Zone));
        foreach (var (side, (target, zone)) in sides.Where(side => Find(deployment, Endpoints, $"-{side.Key}") is not null))
        {
            var endpoint = Named(deployment, Endpoints, $"-{side}");
            yield return Same($"sides of {side}", Texts(Connection(endpoint)["groupIds"]), [side]);
            yield return Text(Connection(endpoint), "privateLinkServiceId")!.Contains(target, StringComparison.Ordinal) ? "" : $"{side} leads to {Connection(endpoint)["privateLinkServiceId"]}";
            yield return Text(endpoint, "properties", "subnet", "id")!.EndsWith("/subnets/endpoints", StringComparison.Ordinal) ? "" : $"{side} is in another subnet";
            var name = At(Find(deployment, Names, $"-{side}/default"), "properties", "privateDnsZoneConfigs")?[0];
            yield return Expect($"zone of {side}", Zone(Text(name, "properties", "privateDnsZoneId") ?? ""), zone);
        }
    }

    private static IEnumerable<string> Joined(Deployment deployment)
    {
        if (!deployment.Variant.IsPrivate)
        {
            yield break;
        }

        yield return Text(deployment.Site, "properties", "virtualNetworkSubnetId")?.EndsWith("/subnets/app", StringComparison.Ordinal) == true ? "" : "the app has no subnet of its own";
        yield return Expect("delegation", Text(Delegation(deployment), "serviceName"), deployment.Variant.OnFlex ? "Microsoft.App/environments" : "Microsoft.Web/serverFarms");
        yield return Same("subnets", deployment.One(Networks)["properties"]!["subnets"]!.AsArray().Select(subnet => $"{Text(subnet, "properties", "addressPrefix")}"), ["10.90.0.0/26", "10.90.0.64/26"]);
        if (!deployment.Variant.OnFlex)
        {
            yield return Expect("all by the network", Text(Config(deployment), "vnetRouteAllEnabled"), "true");
            yield return Expect("looks from within", Text(Config(deployment), "functionsRuntimeScaleMonitoringEnabled"), "true");
        }
    }

    private static IEnumerable<string> None(Deployment deployment) => deployment.Variant.IsPrivate ? [] :
    [
        .. deployment.Resources.Select(resource => Text(resource, "type")!).Where(type => type.StartsWith("Microsoft.Network/", StringComparison.Ordinal)).Select(type => $"there is a {type}"),
        Expect("access to storage", Text(deployment.One(Accounts), "properties", "publicNetworkAccess"), "Enabled"),
    ];

    /// <summary>The zone that is named, with the suffix of storage as it is in Azure's public cloud: a snapshot leaves that open.</summary>
    private static string Zone(string text) =>
        OpenZone().Match(text) is { Success: true } open ? $"privatelink.{open.Groups["part"].Value}.core.windows.net" : PlainZone().Match(text).Value;

    [GeneratedRegex(@"'privatelink\.\{0\}\.\{1\}', '(?<part>\w+)', environment\(\)\.suffixes\.storage", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OpenZone();

    [GeneratedRegex(@"privatelink(\.[\w-]+)+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlainZone();

    private static JsonNode Config(Deployment deployment) => At(deployment.Site, "properties", "siteConfig")!;

    private static JsonNode Delegation(Deployment deployment) => deployment.One(Networks)["properties"]!["subnets"]![0]!["properties"]!["delegations"]![0]!["properties"]!;

    private static JsonNode Connection(JsonObject endpoint) => endpoint["properties"]!["privateLinkServiceConnections"]![0]!["properties"]!;

    private static JsonObject? Find(Deployment deployment, string type, string end) =>
        deployment.Of(type).SingleOrDefault(each => each["name"]!.ToString().EndsWith(end, StringComparison.Ordinal));

    private static JsonObject Named(Deployment deployment, string type, string end) => Find(deployment, type, end)!;

    private static Breakage Private(string name, Action<Deployment> change) => new(name, Variant.PrivateAct, change);

    private static Breakage PrivateObserving(string name, Action<Deployment> change) => new(name, Variant.PrivateObserve, change);
}
