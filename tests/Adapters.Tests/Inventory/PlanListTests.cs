using ScaleFunctions.Adapters.Inventory;
using ScaleFunctions.Adapters.Tests.AppService;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Adapters.Tests.Inventory;

public sealed class PlanListTests : PlanTest
{
    protected override SandboxOptions Options() => base.Options() with
    {
        Estate = new EstateSpec([Spec("web")])
        {
            Plans =
            [
                Plan("a"), Plan("b"), Plan("c") with { Region = "northeurope" }, Plan("d", Other),
                Plan("zoned", Other) with { Members = """{"properties":{"zoneRedundant":true}}""", MaximumInstances = 12 },
                Plan("elastic") with { Tier = "ElasticPremium", Sku = "EP1" },
                Plan("automatic") with { ScalesAutomatically = true },
                Plan("free") with { Tier = "Free", Sku = "F1", InitialCapacity = 0 },
            ],
        },
        PageSize = 2,
    };

    [Fact]
    public async Task Lists_every_page_of_every_subscription_beside_the_scale_sets()
    {
        var complete = Assert.IsType<InventoryReading.Complete>(await ListAsync());

        Assert.Equal(["a", "b", "c", "d", "web", "zoned"], Names(complete));
        Assert.Equal(4, Count(RequestKind.PlanList));
        Assert.All(
            Received.Where(request => request.Kind == RequestKind.PlanList),
            request => Assert.Contains("api-version=2023-12-01", request.PathAndQuery));
    }

    [Fact]
    public async Task Tells_of_each_plan_what_decisions_need()
    {
        var target = (await ListAsync()).Targets.Single(target => target.Id == PlanId("c"));

        Assert.Equal(("northeurope", "P1v3", 4, false), (target.Region, target.Sku, target.Capacity, target.IsUpdating));
        Assert.Equal(Sandbox.Clock.GetUtcNow(), target.ReadAt);
        Assert.Equal("c", Assert.IsType<TargetTags.Known>(target.Tags).Values["APP"]);
    }

    [Theory]
    [InlineData("a", "1 of a plan", "30 of a plan of size P1v3")]
    [InlineData("zoned", "2 of a zone-redundant plan", "12 of a plan of size P1v3")]
    public async Task Tells_how_few_and_how_many_instances_Azure_allows(string name, string least, string most)
    {
        var target = (await ListAsync()).Targets.Single(target => target.Id.Name == name);

        Assert.Equal((least, most), (Tell(target.Least), Tell(target.Most)));

        static string? Tell(PlatformBound? bound) => bound is null ? null : $"{bound.Instances} of {bound.Of}";
    }

    [Fact]
    public async Task Plans_that_scale_by_themselves_are_told_and_are_no_targets()
    {
        var reading = await ListAsync();

        Assert.Equal(["automatic", "elastic", "free"], reading.LeftAlone.Select(each => each.Id.Name).Order());
        Assert.Contains("automatic scaling", reading.LeftAlone.Single(each => each.Id == PlanId("automatic")).Owner.Why, StringComparison.Ordinal);
        Assert.Equal("free", Assert.IsType<TargetTags.Known>(reading.LeftAlone.Single(each => each.Id == PlanId("free")).Tags).Values["app"]);
    }

    [Theory]
    [InlineData("serverfarms\\?", "web")]
    [InlineData("virtualMachineScaleSets", "a,b,c,d,zoned")]
    public async Task A_list_that_cannot_be_read_makes_it_partial_with_the_other(string failing, string seen)
    {
        Fault(new AnswerWith(403, "AuthorizationFailed"), target: failing);

        var partial = Assert.IsType<InventoryReading.Partial>(await ListAsync());

        Assert.Equal(seen.Split(','), Names(partial));
        Assert.Contains("AuthorizationFailed", partial.Reason);
    }

    [Theory]
    [InlineData("serverfarms\\?", "web")]
    [InlineData("virtualMachineScaleSets", "a,b,c,d,zoned")]
    public async Task A_provider_that_is_not_registered_has_no_resources(string unregistered, string seen)
    {
        Fault(new AnswerWith(409, "MissingSubscriptionRegistration"), target: unregistered);

        Assert.Equal(seen.Split(','), Names(Assert.IsType<InventoryReading.Complete>(await ListAsync())));
    }

    [Fact]
    public async Task A_page_that_cannot_be_read_makes_it_partial_with_the_pages_before()
    {
        Fault(new AnswerWith(500), target: "serverfarms.*skiptoken");

        Assert.Contains("HTTP 500", Assert.IsType<InventoryReading.Partial>(await ListAsync(Subscription)).Reason);
    }

    [Theory]
    [InlineData("""{"sku":{"name":"s","tier":"PremiumV3"}}""")]
    [InlineData("""{"sku":{"name":"s","tier":"PremiumV3","capacity":"five"}}""")]
    [InlineData("""{"sku":{"name":"s","tier":"PremiumV3","capacity":1e400}}""")]
    [InlineData("""{"sku":{"name":"s","tier":"PremiumV3","capacity":1001}}""")]
    [InlineData("""{"sku":null}""")]
    [InlineData("""{"properties":{}}""")]
    [InlineData("""{"tags":[]}""")]
    [InlineData("""{"tags":{"a":7}}""")]
    [InlineData("""{"id":7}""")]
    [InlineData("""{"location":null}""")]
    public async Task A_malformed_plan_is_left_out_alone(string change)
    {
        Answer($$"""{"value":[{{Answers.Plan(PlanId("bad"), change)}},{{Answers.Plan(PlanId("good"), "{}")}}]}""");

        Assert.Equal(["good", "web"], Names(Assert.IsType<InventoryReading.Partial>(await ListAsync(Subscription))));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("<html>")]
    [InlineData("""{"value":{}}""")]
    [InlineData("""{"value":[null]}""")]
    [InlineData("""{"value":[7]}""")]
    [InlineData("""{"value":[],"nextLink":7}""")]
    [InlineData("""{"value":[],"nextLink":"nonsense"}""")]
    public async Task Garbage_is_partial_and_not_empty(string body)
    {
        Answer(body);

        Assert.IsType<InventoryReading.Partial>(await ListAsync(Subscription));
    }

    [Theory]
    [InlineData("https://evil.example/page2")]
    [InlineData("http://management.azure.com/page2")]
    [InlineData("https://management.azure.com@evil.example/page2")]
    public async Task A_next_page_at_another_host_is_never_called(string next)
    {
        Answer($$"""{"value":[{{Answers.Plan(PlanId("x"), "{}")}}],"nextLink":"{{next}}"}""");

        var partial = Assert.IsType<InventoryReading.Partial>(await ListAsync(Subscription));

        Assert.Equal(["web", "x"], Names(partial));
        Assert.Contains("no request of ours", partial.Reason);
        Assert.Equal(1, Count(RequestKind.PlanList));
    }

    [Fact]
    public async Task Pages_that_lead_in_a_circle_end()
    {
        var link = $"https://management.azure.com/subscriptions/{Subscription}/providers/Microsoft.Web/serverfarms?api-version=2023-12-01&again=1";
        Answer($$"""{"value":[],"nextLink":"{{link}}"}""");

        Assert.Contains("pages", Assert.IsType<InventoryReading.Partial>(await ListAsync(Subscription)).Reason, StringComparison.Ordinal);
    }

    private Task<InventoryReading> ListAsync(params string[] subscriptions)
    {
        var arm = Connect();
        return new EstateInventory(arm, [new ScaleSetList(arm), new PlanList(arm)], subscriptions).ListAsync(Cancellation);
    }

    private void Answer(string body) => Fault(new AnswerWith(200, Body: body), target: "serverfarms");

    private static IEnumerable<string> Names(InventoryReading reading) => reading.Targets.Select(target => target.Id.Name).Order();
}
