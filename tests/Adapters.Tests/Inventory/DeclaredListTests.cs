using ScaleFunctions.Adapters.Inventory;
using ScaleFunctions.Adapters.Tests.Generic;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Adapters.Tests.Inventory;

/// <summary>The kinds of <c>policies/resource-kinds.yml</c> in the inventory, beside those that are built in.</summary>
public sealed class DeclaredListTests : DeclaredTest
{
    private static readonly TargetId Pooled = TargetId.Parse(Orders.Value.Replace("orders", "pooled", StringComparison.Ordinal));
    private static readonly TargetId Elsewhere = TargetId.Parse(Orders.Value.Replace("db-1", "db-2", StringComparison.Ordinal));

    protected override SandboxOptions Options() => base.Options() with
    {
        PageSize = 1,
        Estate = new EstateSpec([Spec("web")])
        {
            Declared =
            [
                Database,
                Database with { Id = Elsewhere },
                Database with { Id = Pooled, Body = Database.Body.Replace("\"GP_Gen5\"", "\"ElasticPool\"", StringComparison.Ordinal) },
                Namespace with { Body = Namespace.Body.Replace("\"isAutoInflateEnabled\":false", "\"isAutoInflateEnabled\":true", StringComparison.Ordinal) },
                App with { CapacityPath = "properties.template.scale.cooldown" },
            ],
        },
    };

    [Fact]
    public async Task Lists_them_with_owner_bounds_and_size()
    {
        var seen = Assert.IsType<InventoryReading.Complete>(await ListAsync());

        Assert.Equal([Web, Orders, Elsewhere], seen.Targets.Select(target => target.Id).OrderBy(id => id.ResourceType).ThenBy(id => id.Key));
        var database = seen.Targets.Single(target => target.Id == Orders);
        Assert.Equal(("GP_Gen5", 4, OwnerKind.Nobody), (database.Sku, database.Capacity, database.Owner.Kind));
        Assert.Equal(
            (new PlatformBound(2, "a sql-database of size GP_Gen5"), new PlatformBound(80, "a sql-database of size GP_Gen5")), (database.Least, database.Most));
    }

    [Fact]
    public async Task Leaves_alone_what_does_not_fit_its_declaration_and_says_why()
    {
        var seen = Assert.IsType<InventoryReading.Complete>(await ListAsync());

        Assert.Equal(
            [
                (Pooled, "the declared kind sql-database does not scale the size ElasticPool"),
                (Events, "auto-inflate raises its throughput units"),
                (Basket, "its 'properties.template.scale.minReplicas' is missing or no whole number"),
            ],
            seen.LeftAlone.OrderByDescending(target => target.Id.ResourceType).Select(target => (target.Id, target.Owner.Why)));
    }

    [Fact]
    public async Task A_parent_whose_list_fails_costs_its_own()
    {
        Fault(new AnswerWith(403, "AuthorizationFailed"), "GET", "servers/db-2/databases");

        var seen = Assert.IsType<InventoryReading.Partial>(await ListAsync());

        Assert.Contains("db-2/databases", seen.Reason, StringComparison.Ordinal);
        Assert.Contains(seen.Targets, target => target.Id == Orders);
        Assert.DoesNotContain(seen.Targets, target => target.Id == Elsewhere);
    }

    [Fact]
    public async Task Without_resource_graph_nobody_knows_where_nested_ones_are()
    {
        Fault(new AnswerWith(503, "ServiceUnavailable"), "POST", "Microsoft.ResourceGraph");

        var seen = Assert.IsType<InventoryReading.Partial>(await ListAsync());

        Assert.Contains("Microsoft.Sql/servers/databases: Resource Graph", seen.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kind_that_no_workload_asks_for_costs_nothing()
    {
        Kinds.Use(Shipped());
        var arm = Connect();

        var seen = await new EstateInventory(arm, [new ScaleSetList(arm)], [Subscription], new EstateFacts(arm), kinds: Kinds).ListAsync(Cancellation);

        Assert.Equal([Web], Assert.IsType<InventoryReading.Complete>(seen).Targets.Select(target => target.Id));
        Assert.Empty(seen.LeftAlone);
        Assert.Equal(0, Count(RequestKind.DeclaredList));
    }

    private const string Workload =
        """
        apiVersion: scalefunctions/v1
        kind: Workload
        metadata: { name: all }
        spec: { select: { any: [ { type: sql-database }, { type: event-hubs }, { type: container-app } ] } }
        """;

    private Task<InventoryReading> ListAsync()
    {
        Kinds.Use(Shipped(Workload));
        var arm = Connect();
        return new EstateInventory(arm, [new ScaleSetList(arm)], [Subscription], new EstateFacts(arm), kinds: Kinds).ListAsync(Cancellation);
    }
}
