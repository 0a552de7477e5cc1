using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Autoscale;
using ScaleFunctions.Adapters.Inventory;
using ScaleFunctions.Adapters.Tests.AppService;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Autoscale;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Adapters.Tests.Inventory;

public sealed class OwnedInventoryTests : PlanTest
{
    private const string GraphPath = "Microsoft.ResourceGraph";
    private const string SettingsPath = "autoscalesettings";

    private EstateInventory? _inventory;

    protected override SandboxOptions Options() => base.Options() with
    {
        Estate = new EstateSpec(
        [
            Spec("web"), Spec("pool") with { Tags = new Dictionary<string, string> { ["aks-managed-poolName"] = "user" } },
            Spec("worker") with { Id = ScaleSetSpec.IdOf(Subscription, "nodes", "worker") },
            Spec("thing") with { ManagedBy = "/subscriptions/s/resourceGroups/g/providers/Contoso.Things/boxes/b1" },
            Spec("scaled"), Spec("denied") with { Id = ScaleSetSpec.IdOf(Subscription, "locked", "denied") }, Spec("plain", Other),
        ])
        {
            Plans = [Plan("elastic") with { Tier = "ElasticPremium", Sku = "EP1" }, Plan("portal")],
            ManagementGroups = new Dictionary<string, IReadOnlyList<string>> { [Subscription] = ["mg-prod", "mg-contoso"] },
            GroupManagers = new Dictionary<string, string>
            {
                [$"/subscriptions/{Subscription}/resourceGroups/nodes"] =
                    $"/subscriptions/{Subscription}/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/prod-1",
            },
            AutoscaleSettings = [Setting("on", "scaled", "true"), Setting("off", "web", "false")],
            DenyAssignments =
            [
                Deny("locked", "*", "*/read", "/resourceGroups/locked"),
                Deny("reads", "*/read", "", ""),
                Deny("children", "Microsoft.Compute/*/delete", "", "/resourceGroups/shop"),
            ],
        },
    };

    [Fact]
    public async Task Tells_of_each_resource_who_sets_its_capacity()
    {
        var complete = Assert.IsType<InventoryReading.Complete>(await ListAsync());

        // What can be steered stays a target: whether it is, the policy says.
        Assert.Equal(["plain", "portal", "scaled", "web"], Names(complete.Targets));
        Assert.Equal("Azure autoscale sets its capacity: the setting on is enabled", Find(complete, "scaled").Owner.Why);
        Assert.Equal(
            [
                "denied: a deny assignment sets its capacity: locked keeps everybody from changing it",
                "elastic: an elastic plan (ElasticPremium) scales by itself",
                "pool: AKS sets its capacity: the tag aks-managed-poolName",
                "thing: Contoso.Things/boxes/b1 sets its capacity: it manages the resource",
                "worker: AKS prod-1 sets its capacity: it manages the resource group nodes",
            ],
            complete.LeftAlone.Select(target => $"{target.Id.Name}: {target.Owner.Why}").Order());
    }

    [Fact]
    public async Task Tells_the_management_groups_above_a_resource()
    {
        var reading = await ListAsync();

        Assert.Equal(["mg-prod", "mg-contoso"], Assert.IsType<ManagementGroups.Read>(Find(reading, "web").ManagementGroups).Names);
        Assert.Single(Assert.IsType<ManagementGroups.Read>(Find(reading, "plain").ManagementGroups).Names);
    }

    [Fact]
    public async Task Capacity_is_that_of_Resource_Manager_and_facts_around_it_are_read_every_five_minutes()
    {
        await ListAsync();
        Sandbox.Estate.SetCapacity(Web, 9);
        var (graph, groups) = (Count(RequestKind.ResourceGraph), Count(RequestKind.DenyAssignmentList));

        Assert.Equal(9, Find(await ListAsync(), "web").Capacity);
        Assert.Equal((3, 2), (graph, groups));
        Assert.Equal((graph, groups), (Count(RequestKind.ResourceGraph), Count(RequestKind.DenyAssignmentList)));

        await AdvanceAsync(5);
        await ListAsync();
        Assert.Equal((2 * graph, 2 * groups), (Count(RequestKind.ResourceGraph), Count(RequestKind.DenyAssignmentList)));
    }

    [Fact]
    public async Task A_list_of_what_the_graph_shows_none_of_is_not_read()
    {
        await ListAsync();

        // Other has scale sets only; that there are no plans is what the graph says.
        Assert.Equal((2, 1), (Count(RequestKind.ScaleSetList), Count(RequestKind.PlanList)));
    }

    [Fact]
    public async Task A_subscription_that_the_graph_does_not_show_is_listed_all_the_same()
    {
        Fault(new AnswerWith(200, Body: """{"totalRecords":0,"count":0,"data":[],"facets":[],"resultTruncated":"false"}"""), target: GraphPath);

        var complete = Assert.IsType<InventoryReading.Complete>(await ListAsync());

        Assert.Equal((2, 2), (Count(RequestKind.ScaleSetList), Count(RequestKind.PlanList)));
        Assert.Equal("who sets its capacity is not known: Resource Graph does not list it yet", Find(complete, "web").Owner.Why);
        Assert.IsType<ManagementGroups.Unread>(Find(complete, "web").ManagementGroups);
    }

    [Fact]
    public async Task Pages_of_the_graph_that_lead_in_a_circle_are_left_at_once()
    {
        Fault(new AnswerWith(200, Body: """{"totalRecords":9,"count":1,"data":[{"id":"/subscriptions/s/x"}],"resultTruncated":"true","$skipToken":"again"}"""), target: GraphPath);

        Assert.Contains("its pages lead in a circle", Assert.IsType<InventoryReading.Partial>(await ListAsync()).Reason, StringComparison.Ordinal);
        Assert.Equal(2, Count(RequestKind.ResourceGraph));
    }

    [Fact]
    public async Task Pages_of_a_list_that_lead_in_a_circle_are_left_at_once()
    {
        var address = $"https://management.azure.com/subscriptions/{Subscription}/providers/Microsoft.Web/serverfarms?api-version=2023-12-01&$skiptoken=again";
        Fault(new AnswerWith(200, Body: $$"""{"value":[],"nextLink":"{{address}}"}"""), "GET", "providers/Microsoft.Web/serverfarms");

        Assert.Contains("the pages of plans lead in a circle", Assert.IsType<InventoryReading.Partial>(await ListAsync()).Reason, StringComparison.Ordinal);
        Assert.Equal(2, Count(RequestKind.PlanList));
    }

    [Fact]
    public async Task What_the_graph_shows_unreadably_is_listed_all_the_same()
    {
        Fault(new AnswerWith(200, Body: $$"""{"totalRecords":1,"count":1,"data":[{"id":"{{Web}}","tags":7}],"facets":[],"resultTruncated":"false"}"""), target: GraphPath, times: 1);

        var seen = await ListAsync();

        Assert.Equal("who sets its capacity is not known: Resource Graph does not list it yet", Find(seen, "web").Owner.Why);
    }

    [Fact]
    public async Task What_is_too_new_for_the_graph_has_no_known_owner()
    {
        await using var sandbox = await SandboxServer.StartAsync(
            Options() with { Estate = new EstateSpec([Spec("web"), Spec("new") with { IsIndexed = false }]) }, Cancellation);
        var arm = Connect(connection => connection with { Transport = AzureConnection.Over(sandbox.Connection.CreateHandler(sandbox.Clock)), Time = sandbox.Clock });

        var complete = Assert.IsType<InventoryReading.Complete>(await Inventory(arm).ListAsync(Cancellation));

        Assert.Equal((OwnerKind.Unknown, OwnerKind.Nobody), (Find(complete, "new").Owner.Kind, Find(complete, "web").Owner.Kind));
    }

    public static TheoryData<FaultEffect> GraphFaults { get; } =
    [
        new AnswerWith(500), new AnswerWith(403, "AuthorizationFailed"), new TruncateResult(2), new Throttle(60), new DropBeforeLanding(),
        new AnswerWith(200, Body: "[]"), new AnswerWith(200, Body: """{"totalRecords":1,"count":1,"data":[7],"resultTruncated":"false"}"""),
        new AnswerWith(200, Body: """{"totalRecords":5,"count":0,"data":[],"resultTruncated":"false"}"""),
        new AnswerWith(200, Body: """{"totalRecords":0,"count":0,"resultTruncated":"false"}"""),
        new AnswerWith(200, Body: """{"totalRecords":9,"count":0,"data":[],"resultTruncated":"true","$skipToken":"again"}"""), new TruncateAnswer(20),

        // A row that comes twice does not stand for one that lacks, and one without an id may be anything.
        new AnswerWith(200, Body: """{"totalRecords":2,"count":2,"data":[{"id":"/subscriptions/s/x"},{"id":"/SUBSCRIPTIONS/s/x"}],"resultTruncated":"false"}"""),
        new AnswerWith(200, Body: """{"totalRecords":1,"count":1,"data":[{"name":"x"}],"resultTruncated":"false"}"""),
    ];

    [Theory]
    [MemberData(nameof(GraphFaults))]
    public async Task Without_the_graph_the_lists_alone_tell_and_the_inventory_is_partial(FaultEffect fault)
    {
        Fault(fault, target: GraphPath);

        var partial = Assert.IsType<InventoryReading.Partial>(await ListAsync());

        Assert.Contains("Resource Graph: ", partial.Reason, StringComparison.Ordinal);
        Assert.Equal((2, 2), (Count(RequestKind.ScaleSetList), Count(RequestKind.PlanList)));
        Assert.IsType<ManagementGroups.Unread>(Find(partial, "web").ManagementGroups);
        Assert.Equal(OwnerKind.Nobody, Find(partial, "web").Owner.Kind);
        Assert.Contains(partial.LeftAlone, target => target.Id.Name == "worker" && target.Owner.Name == "AKS prod-1");
    }

    [Fact]
    public async Task A_second_page_that_fails_is_no_whole_answer()
    {
        Fault(new AnswerWith(500), target: GraphPath, skip: 2);

        Assert.Contains("HTTP 500", Assert.IsType<InventoryReading.Partial>(await ListAsync()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_graph_told_lately_bridges_an_outage_of_it_and_then_no_more()
    {
        await ListAsync();
        Fault(new AnswerWith(500), target: GraphPath);

        await AdvanceAsync(6);
        var bridged = await ListAsync();
        await AdvanceAsync(10);
        var later = await ListAsync();

        Assert.IsType<InventoryReading.Partial>(bridged);
        Assert.IsType<ManagementGroups.Read>(Find(bridged, "web").ManagementGroups);
        Assert.IsType<ManagementGroups.Unread>(Find(later, "web").ManagementGroups);
    }

    [Theory]
    [InlineData("""{"value":[{"properties":7}]}""")]
    [InlineData("{}")]
    [InlineData(null)]
    public async Task Settings_that_cannot_be_read_leave_it_open_what_scales_by_itself(string? body)
    {
        Fault(body is null ? new AnswerWith(403, "AuthorizationFailed") : new AnswerWith(200, Body: body), target: SettingsPath);

        var complete = Assert.IsType<InventoryReading.Complete>(await ListAsync());

        Assert.IsType<NativeAutoscale.Unread>(Find(complete, "web").Native);
        Assert.IsType<NativeAutoscale.Unread>(Find(complete, "scaled").Native);
        Assert.Contains(complete.LeftAlone, target => target.Id.Name == "pool");
    }

    [Fact]
    public async Task Without_graph_and_groups_no_owner_is_known()
    {
        Fault(new AnswerWith(500), target: GraphPath);
        Fault(new AnswerWith(403, "AuthorizationFailed"), target: "resourcegroups\\?");

        var partial = Assert.IsType<InventoryReading.Partial>(await ListAsync());

        Assert.All(partial.Targets, target => Assert.Equal(OwnerKind.Unknown, target.Owner.Kind));
        Assert.Contains(partial.Targets, target => target.Id.Name == "worker");
    }

    [Fact]
    public async Task Deny_assignments_that_cannot_be_read_change_nothing_because_Azure_enforces_them()
    {
        Fault(new AnswerWith(403, "AuthorizationFailed"), target: "denyAssignments");

        Assert.Equal(["denied", "plain", "portal", "scaled", "web"], Names(Assert.IsType<InventoryReading.Complete>(await ListAsync()).Targets));
    }

    [Fact]
    public async Task Tags_that_only_one_of_both_shows_are_unknown()
    {
        Fault(new HideTags(), target: "virtualMachineScaleSets");

        Assert.IsType<TargetTags.Unknown>(Find(await ListAsync(), "web").Tags);
    }

    [Fact]
    public async Task Resource_Graph_is_asked_as_its_specification_says()
    {
        await ListAsync();
        var body = System.Text.Encoding.UTF8.GetString(ResourceGraphPage.Ask("resources", [Subscription], 1000, "t").Span);

        Assert.Equal(
            $$$"""{"subscriptions":["{{{Subscription}}}"],"query":"resources","options":{"$top":1000,"resultFormat":"objectArray","$skipToken":"t"}}""", body);
        Assert.All(
            Received.Where(request => request.Kind == RequestKind.ResourceGraph),
            request => Assert.Equal("/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01", request.PathAndQuery));
    }

    private Task<InventoryReading> ListAsync() => (_inventory ??= Inventory(Connect())).ListAsync(Cancellation);

    private static EstateInventory Inventory(ArmPipelines arm) => new(arm, [new ScaleSetList(arm), new PlanList(arm)], [], new EstateFacts(arm), new NativeAutoscales(arm));

    private ValueTask AdvanceAsync(double minutes) => Sandbox.Clock.AdvanceToAsync(Sandbox.Clock.GetUtcNow().AddMinutes(minutes), Cancellation);

    private static ObservedTarget Find(InventoryReading reading, string name) => reading.Targets.Single(target => target.Id.Name == name);

    private static IEnumerable<string> Names(IEnumerable<ObservedTarget> targets) => targets.Select(target => target.Id.Name).Order();

    private static AutoscaleSettingSpec Setting(string name, string target, string isEnabled) => new(
        AutoscaleSettingSpec.IdOf(Subscription, "shop", name),
        $$$"""
        {"location":"westeurope",
         "properties":{"enabled":{{{isEnabled}}},"targetResourceUri":"/subscriptions/{{{Subscription}}}/resourceGroups/SHOP/providers/microsoft.compute/virtualmachinescalesets/{{{target}}}",
           "profiles":[{"name":"default","capacity":{"minimum":"1","maximum":"9","default":"2"},"rules":[]}]}}
        """);

    private static string Deny(string name, string action, string exempt, string scope) => $$$"""
        {"id":"/subscriptions/{{{Subscription}}}/providers/Microsoft.Authorization/denyAssignments/{{{name}}}",
         "properties":{"denyAssignmentName":"{{{name}}}","scope":"/subscriptions/{{{Subscription}}}{{{scope}}}","permissions":[{"actions":["{{{action}}}"],"notActions":["{{{exempt}}}"]}],
           "principals":[{"id":"00000000-0000-0000-0000-000000000000","type":"SystemDefined"}]}}
        """;
}
