using System.Globalization;
using System.Text.Json;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Generic;
using ScaleFunctions.Core.Assessments.Leftovers;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Inventory;

/// <summary>
/// Asks Resource Graph for what may stand about: learn.microsoft.com/azure/governance/resource-graph/samples/samples-by-category. It shows
/// only what the identity may read, and says nothing of the rest.
/// </summary>
/// <param name="arm">The way to Azure.</param>
/// <param name="subscriptions">Where to look; everywhere when empty.</param>
internal sealed class LeftoverSource(ArmPipelines arm, IReadOnlyList<string> subscriptions) : ILeftoverSource
{
    private const string Disks = "microsoft.compute/disks";

    private static readonly string Query = $"resources | where type in~ ({string.Join(", ", LeftoverTypes.All.Select(type => $"'{type.ToLowerInvariant()}'"))}) "
        + "| project id, type, location, managedBy, sku, tags, properties | order by id asc";

    private readonly ResourceGraph _graph = new(arm);

    public async Task<StandingReading> ReadAsync(CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var wanted = subscriptions.Count > 0 ? subscriptions : await VisibleSubscriptions.ReadAsync(arm, problems, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> distinct = [.. wanted.Distinct(StringComparer.OrdinalIgnoreCase)];
        if (problems.Count > 0)
        {
            return new StandingReading.Missing(problems[0]);
        }

        var around = await EstateGraph.ReadAsync(_graph, [Disks], distinct, cancellationToken).ConfigureAwait(false);
        if (around.Value is not { } estate)
        {
            return new StandingReading.Missing(around.Problem);
        }

        var resources = new List<StandingResource>();
        var problem = await _graph.QueryAsync(Query, distinct, row => resources.Add(Read(row, estate)), cancellationToken).ConfigureAwait(false);
        return problem.Length > 0 ? new StandingReading.Missing(problem) : new StandingReading.Known(resources);
    }

    /// <exception cref="JsonException">It is not what it should be: what it is, and whether anybody uses it, is not guessed.</exception>
    private static StandingResource Read(JsonElement row, EstateGraph estate)
    {
        if (!TargetId.TryParse(BodyPath.Text(row, "id"), out var id) || BodyPath.Find(row, "properties") is not { ValueKind: JsonValueKind.Object } properties)
        {
            throw new JsonException("a resource has no id or no properties");
        }

        StandingResource resource = id.ResourceType.ToLowerInvariant() switch
        {
            Disks => new StandingResource.Disk(
                id, BodyPath.Text(row, "managedBy") ?? "", !Is(Needed(properties, "diskState"), "Unattached"), Size(properties), Time(properties, "LastOwnershipUpdateTime")),
            "microsoft.compute/snapshots" => new StandingResource.Snapshot(id, Size(properties), Time(properties, "timeCreated") ?? throw new JsonException("a snapshot has no time")),
            "microsoft.network/publicipaddresses" => new StandingResource.Address(
                id, ((string[])["ipConfiguration", "natGateway", "linkedPublicIPAddress", "servicePublicIPAddress"]).Any(user => BodyPath.Find(properties, user) is not null)),
            "microsoft.network/loadbalancers" => new StandingResource.Balancer(id, Backends(properties), Count(properties, "loadBalancingRules") + Count(properties, "outboundRules")),
            "microsoft.web/serverfarms" => new StandingResource.Plan(id, BodyPath.Number(properties, "numberOfSites") ?? throw new JsonException("a plan does not tell its apps")),
            _ => new StandingResource.Machine(id, Is(BodyPath.Text(properties, "extended.instanceView.powerState.code") ?? "", "PowerState/deallocated")),
        };
        return resource with
        {
            Tags = DeclaredAnswer.TagsOf(row),
            Region = (BodyPath.Text(row, "location") ?? "").Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant(),
            Sku = BodyPath.Text(row, "sku.name") ?? "",
            ManagementGroups = estate.Ancestors.TryGetValue(id.Subscription, out var groups) ? new ManagementGroups.Read(groups) : ManagementGroups.NotRead,
            Manager = estate.GroupManagers.GetValueOrDefault(EstateGraph.GroupKey(id), ""),
        };
    }

    /// <summary>Interfaces and addresses in all pools, and what NAT rules lead to.</summary>
    private static int Backends(JsonElement properties) =>
        Items(properties, "backendAddressPools").Sum(pool => Count(pool, "properties.backendIPConfigurations") + Count(pool, "properties.loadBalancerBackendAddresses"))
        + Items(properties, "inboundNatRules").Count(rule => BodyPath.Find(rule, "properties.backendIPConfiguration") is not null);

    private static int Count(JsonElement owner, string path) => Items(owner, path).Count();

    private static JsonElement.ArrayEnumerator Items(JsonElement owner, string path) =>
        BodyPath.Find(owner, path) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : default;

    private static int Size(JsonElement properties) => BodyPath.Number(properties, "diskSizeGB") ?? throw new JsonException("a disk or snapshot does not tell its size");

    private static string Needed(JsonElement properties, string name) => BodyPath.Text(properties, name) ?? throw new JsonException($"a resource does not tell its {name}");

    private static DateTimeOffset? Time(JsonElement properties, string name) =>
        DateTimeOffset.TryParse(BodyPath.Text(properties, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    private static bool Is(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
