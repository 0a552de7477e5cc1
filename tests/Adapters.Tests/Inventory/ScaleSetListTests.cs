using ScaleFunctions.Adapters.Inventory;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Adapters.Tests.Inventory;

public sealed class ScaleSetListTests : AzureTest
{
    protected override SandboxOptions Options() => base.Options() with
    {
        Estate = new EstateSpec([Spec("a"), Spec("b"), Spec("c"), Spec("d"), Spec("e"), Spec("f", Other, "northeurope")]),
        PageSize = 2,
    };

    [Fact]
    public async Task Lists_every_page_of_every_subscription_it_sees()
    {
        var complete = Assert.IsType<InventoryReading.Complete>(await ListAsync());

        Assert.Equal(["a", "b", "c", "d", "e", "f"], Names(complete));
        Assert.Equal(4, Count(RequestKind.ScaleSetList));
        Assert.All(
            Received.Where(request => request.Kind == RequestKind.ScaleSetList),
            request => Assert.Contains("api-version=2024-07-01", request.PathAndQuery));
    }

    [Fact]
    public async Task Tells_of_each_target_what_decisions_need()
    {
        var target = (await ListAsync()).Targets.Single(target => target.Id == Id("f", Other));

        Assert.Equal(("northeurope", "Standard_D4s_v5", 4, false), (target.Region, target.Sku, target.Capacity, target.IsUpdating));
        Assert.Equal(3, target.Zones);
        Assert.Equal(Sandbox.Clock.GetUtcNow(), target.ReadAt);
        Assert.Equal("f", Assert.IsType<TargetTags.Known>(target.Tags).Values["APP"]);
    }

    [Fact]
    public async Task Looks_only_at_the_configured_subscriptions()
    {
        Assert.Equal(["f"], Names(Assert.IsType<InventoryReading.Complete>(await ListAsync(Other, Other))));
        Assert.Single(Received);
    }

    [Fact]
    public async Task A_page_that_cannot_be_read_makes_it_partial_with_the_pages_before()
    {
        Fault(new AnswerWith(500), target: "skiptoken", skip: 1);

        var partial = Assert.IsType<InventoryReading.Partial>(await ListAsync(Subscription));

        Assert.Equal(["a", "b", "c", "d"], Names(partial));
        Assert.Contains(Subscription, partial.Reason);
    }

    [Fact]
    public async Task A_subscription_that_cannot_be_read_makes_it_partial_with_the_others()
    {
        Fault(new AnswerWith(403, "AuthorizationFailed"), target: $"{Subscription}/providers");

        var partial = Assert.IsType<InventoryReading.Partial>(await ListAsync());

        Assert.Equal(["f"], Names(partial));
        Assert.Contains("AuthorizationFailed", partial.Reason);
    }

    [Fact]
    public async Task Subscriptions_that_cannot_be_listed_are_partial_and_not_empty()
    {
        Fault(new DropBeforeLanding(), target: "/subscriptions\\?");

        Assert.Empty(Assert.IsType<InventoryReading.Partial>(await ListAsync()).Targets);
    }

    [Fact]
    public async Task Seeing_no_subscription_is_partial_and_not_empty()
    {
        Fault(new AnswerWith(200, Body: """{"value":[]}"""), target: "/subscriptions\\?");

        Assert.Empty(Assert.IsType<InventoryReading.Partial>(await ListAsync()).Targets);
    }

    [Fact]
    public async Task A_subscription_without_scale_sets_is_complete()
    {
        Answer("""{"value":[]}""");

        Assert.Empty(Assert.IsType<InventoryReading.Complete>(await ListAsync(Subscription)).Targets);
    }

    [Fact]
    public async Task Throttled_pages_are_read_again()
    {
        Fault(new Throttle(3), times: 1, target: "skiptoken");

        Assert.Equal(6, Assert.IsType<InventoryReading.Complete>(await ListAsync()).Targets.Count);
    }

    [Fact]
    public async Task Tags_that_are_not_there_are_known_to_be_none()
    {
        Fault(new HideTags());

        var complete = Assert.IsType<InventoryReading.Complete>(await ListAsync());
        Assert.All(complete.Targets, target => Assert.Empty(Assert.IsType<TargetTags.Known>(target.Tags).Values));
    }

    [Theory]
    [InlineData("""{"sku":{"name":"s"}}""")]
    [InlineData("""{"sku":{"name":"s","capacity":1001}}""")]
    [InlineData("""{"sku":null}""")]
    [InlineData("""{"properties":{}}""")]
    [InlineData("""{"id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/x/extensions/y"}""")]
    public async Task A_malformed_target_is_left_out_alone(string change)
    {
        Answer($$"""{"value":[{{Answers.ScaleSet(Id("bad"), change)}},{{Answers.ScaleSet(Id("good"), "{}")}}]}""");

        Assert.Equal(["good"], Names(Assert.IsType<InventoryReading.Partial>(await ListAsync(Subscription))));
    }

    [Theory]
    [InlineData("""{"id":null}""")]
    [InlineData("""{"id":7}""")]
    [InlineData("""{"location":null}""")]
    [InlineData("""{"sku":{"name":"s","capacity":"five"}}""")]
    [InlineData("""{"sku":{"name":"s","capacity":1e400}}""")]
    [InlineData("""{"tags":[]}""")]
    public async Task A_target_the_sdk_cannot_read_makes_it_partial(string change)
    {
        Answer($$"""{"value":[{{Answers.ScaleSet(Id("bad"), change)}}]}""");

        Assert.Empty(Assert.IsType<InventoryReading.Partial>(await ListAsync(Subscription)).Targets);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("<html>")]
    [InlineData("""{"value":{}}""")]
    [InlineData("""{"value":null}""")]
    [InlineData("""{"value":[null]}""")]
    [InlineData("""{"value":[7]}""")]
    public async Task Garbage_is_partial_and_not_empty(string body)
    {
        Answer(body);

        Assert.IsType<InventoryReading.Partial>(await ListAsync(Subscription));
    }

    [Theory]
    [InlineData("""{"a":null}""", "")]
    [InlineData("""{"a":"1"}""", "1")]
    [InlineData("""{"a":"1","A":"2"}""", "2")]
    public async Task Tags_are_read_as_azure_compares_them(string tags, string value)
    {
        Answer($$"""{"value":[{{Answers.ScaleSet(Id("x"), $$"""{"tags":{{tags}}}""")}}]}""");

        var target = Assert.Single(Assert.IsType<InventoryReading.Complete>(await ListAsync(Subscription)).Targets);
        Assert.Equal(value, Assert.Single(Assert.IsType<TargetTags.Known>(target.Tags).Values).Value);
    }

    [Theory]
    [InlineData("West Europe")]
    [InlineData("westeurope")]
    [InlineData("WestEurope")]
    public async Task Regions_are_spelled_in_one_way(string location)
    {
        Answer($$"""{"value":[{{Answers.ScaleSet(Id("x"), $$"""{"location":"{{location}}"}""")}}]}""");

        Assert.Equal("westeurope", Assert.Single((await ListAsync(Subscription)).Targets).Region);
    }

    [Theory]
    [InlineData("https://evil.example/page2")]
    [InlineData("http://management.azure.com/page2")]
    [InlineData("https://management.azure.com:8443/page2")]
    [InlineData("https://management.azure.com@evil.example/page2")]
    public async Task A_next_page_at_another_host_is_never_called(string next)
    {
        Answer($$"""{"value":[{{Answers.ScaleSet(Id("x"), "{}")}}],"nextLink":"{{next}}"}""");

        var partial = Assert.IsType<InventoryReading.Partial>(await ListAsync(Subscription));

        Assert.Equal(["x"], Names(partial));
        Assert.Contains("no request of ours", partial.Reason);
        Assert.Single(Received);
    }

    [Fact]
    public async Task Cancellation_is_thrown()
    {
        using var source = new CancellationTokenSource();
        Sandbox.Observer = (_, _) => new ValueTask(source.CancelAsync());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Inventory([Subscription]).ListAsync(source.Token));
    }

    private Task<InventoryReading> ListAsync(params string[] subscriptions) => Inventory(subscriptions).ListAsync(Cancellation);

    private EstateInventory Inventory(string[] subscriptions)
    {
        var arm = Connect();
        return new EstateInventory(arm, [new ScaleSetList(arm)], subscriptions);
    }

    private void Answer(string body) => Fault(new AnswerWith(200, Body: body), target: "virtualMachineScaleSets");

    private static IEnumerable<string> Names(InventoryReading reading) => reading.Targets.Select(target => target.Id.Name).Order();
}
