using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Adapters.Tests.AppService;

public sealed class PlanReadTests : PlanTest
{
    [Fact]
    public async Task Reads_capacity_size_and_version_in_one_request_of_the_pinned_version()
    {
        var reading = await ReadPortalAsync();

        Assert.Equal((4, "P1v3", false), (reading.Capacity, reading.Sku, reading.IsUpdating));
        Assert.Equal(Sandbox.Clock.GetUtcNow(), reading.At);
        Assert.Matches("^[0-9a-f]{64}$", reading.ETag);
        Assert.EndsWith("/serverfarms/portal?api-version=2023-12-01", Assert.Single(Received).PathAndQuery);
    }

    [Fact]
    public async Task The_version_changes_with_what_a_write_could_change_and_with_nothing_else()
    {
        var plain = await VersionAsync("{}");

        Assert.Equal(plain, await VersionAsync("{}"));
        Assert.Equal(plain, await VersionAsync("""{"properties":{"maximumNumberOfWorkers":20,"provisioningState":"Succeeded","numberOfWorkers":9,"status":"Ready","numberOfSites":3}}"""));
        Assert.Equal(plain, await VersionAsync("""{"sku":{"capacity":5,"family":"Pv3","size":"P1v3","tier":"PremiumV3","name":"P1v3"}}"""));
        foreach (var change in (string[])
        [
            """{"sku":{"name":"P1v3","tier":"PremiumV3","size":"P1v3","family":"Pv3","capacity":6}}""",
            """{"sku":{"name":"P2v3","tier":"PremiumV3","size":"P1v3","family":"Pv3","capacity":5}}""",
            """{"tags":{"app":"x"}}""",
            """{"unknown":[1,2]}""",
            """{"properties":{"provisioningState":"Succeeded","perSiteScaling":true}}""",
        ])
        {
            Assert.NotEqual(plain, await VersionAsync(change));
        }
    }

    [Theory]
    [InlineData("""{"properties":{"provisioningState":"InProgress"}}""", true)]
    [InlineData("""{"properties":{"provisioningState":"Deleting"}}""", true)]
    [InlineData("""{"properties":{"provisioningState":"Succeeded","status":"Pending"}}""", true)]
    [InlineData("""{"properties":{"provisioningState":"Failed"}}""", false)]
    [InlineData("""{"properties":{"provisioningState":"succeeded"}}""", false)]
    public async Task Is_updating_until_the_state_has_settled(string change, bool expected)
    {
        Fault(new AnswerWith(200, Body: Answers.Plan(Portal, change)));

        Assert.Equal(expected, (await ReadPortalAsync()).IsUpdating);
    }

    [Theory]
    [InlineData("""{"sku":null}""")]
    [InlineData("""{"sku":[]}""")]
    [InlineData("""{"sku":{}}""")]
    [InlineData("""{"sku":{"name":"P1v3","tier":"PremiumV3"}}""")]
    [InlineData("""{"sku":{"name":"P1v3","capacity":5}}""")]
    [InlineData("""{"sku":{"tier":"PremiumV3","capacity":5}}""")]
    [InlineData("""{"sku":{"name":"P1v3","tier":"PremiumV3","capacity":"5"}}""")]
    [InlineData("""{"sku":{"name":"P1v3","tier":"PremiumV3","capacity":5.5}}""")]
    [InlineData("""{"sku":{"name":"P1v3","tier":"PremiumV3","capacity":null}}""")]
    [InlineData("""{"sku":{"name":"P1v3","tier":"PremiumV3","capacity":0}}""")]
    [InlineData("""{"sku":{"name":"P1v3","tier":"PremiumV3","capacity":-1}}""")]
    [InlineData("""{"sku":{"name":"P1v3","tier":"PremiumV3","capacity":1001}}""")]
    [InlineData("""{"sku":{"name":"P1v3","tier":"PremiumV3","capacity":1e400}}""")]
    [InlineData("""{"sku":{"name":7,"tier":"PremiumV3","capacity":5}}""")]
    [InlineData("""{"properties":null}""")]
    [InlineData("""{"properties":{}}""")]
    [InlineData("""{"properties":{"provisioningState":7}}""")]
    [InlineData("""{"properties":{"provisioningState":"Succeeded","elasticScaleEnabled":"no"}}""")]
    [InlineData("""{"id":null}""")]
    [InlineData("""{"location":""}""")]
    public async Task A_plan_that_cannot_be_is_unreadable(string change)
    {
        Fault(new AnswerWith(200, Body: Answers.Plan(Portal, change)));

        Assert.NotEmpty(Assert.IsType<CapacityReading.Unreadable>(await Target().ReadAsync(Portal, Cancellation)).Reason);
    }

    public static TheoryData<string> Garbage() =>
    [
        "", "null", "[]", "<html>", "{",
        Answers.Plan(PlanId("other"), "{}"),
        Answers.Plan(Portal, "{}").Replace("\"capacity\":5", "\"capacity\":5,\"capacity\":6", StringComparison.Ordinal),
        Answers.Plan(Portal, "{}").Replace("\"kind\":\"app\"", "\"sku\":{},\"kind\":\"app\"", StringComparison.Ordinal),
        Answers.Plan(Portal, $$$"""{"tags":{"long":"{{{new string('x', 300_000)}}}"}}"""),
        Answers.Plan(Portal, "{}").Replace("\"kind\":\"app\"", $"\"kind\":{new string('[', 2000)}{new string(']', 2000)}", StringComparison.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Garbage))]
    public async Task Garbage_is_unreadable(string body)
    {
        Fault(new AnswerWith(200, Body: body));

        Assert.IsType<CapacityReading.Unreadable>(await Target().ReadAsync(Portal, Cancellation));
    }

    [Theory]
    [InlineData(404, "ResourceNotFound", true)]
    [InlineData(404, "ResourceGroupNotFound", true)]
    [InlineData(404, "SubscriptionNotFound", false)]
    [InlineData(404, "", false)]
    [InlineData(403, "AuthorizationFailed", false)]
    public async Task Only_azure_s_word_for_it_makes_a_plan_gone(int status, string code, bool isGone)
    {
        Fault(new AnswerWith(status, code));

        Assert.Equal(isGone, await Target().ReadAsync(Portal, Cancellation) is CapacityReading.Gone);
    }

    [Fact]
    public async Task A_failing_read_is_tried_four_times_and_then_unreadable()
    {
        Fault(new AnswerWith(503));

        Assert.IsType<CapacityReading.Unreadable>(await Target().ReadAsync(Portal, Cancellation));
        Assert.Equal(4, Received.Count);
    }

    [Theory]
    [InlineData("""{"properties":{"status":"Ready","numberOfWorkers":3,"provisioningState":"Succeeded"}}""", 3, 3)]
    [InlineData("""{"properties":{"status":"Pending","numberOfWorkers":3,"provisioningState":"Succeeded"}}""", 0, 3)]
    [InlineData("""{"properties":{"numberOfWorkers":3,"provisioningState":"Succeeded"}}""", 0, 3)]
    public async Task Counts_the_instances_assigned_to_a_plan_that_is_ready(string change, int ready, int total)
    {
        Fault(new AnswerWith(200, Body: Answers.Plan(Portal, change)));

        Assert.Equal(new InstancesReading.Read(ready, total), await Target().ReadInstancesAsync(Portal, Cancellation));
    }

    [Theory]
    [InlineData("""{"properties":{"status":"Ready","provisioningState":"Succeeded"}}""")]
    [InlineData("""{"properties":{"status":"Ready","numberOfWorkers":-1,"provisioningState":"Succeeded"}}""")]
    [InlineData("""{"properties":{"status":"Ready","numberOfWorkers":"3","provisioningState":"Succeeded"}}""")]
    public async Task Instances_that_are_not_counted_are_not_zero(string change)
    {
        Fault(new AnswerWith(200, Body: Answers.Plan(Portal, change)));

        Assert.IsType<InstancesReading.Unreadable>(await Target().ReadInstancesAsync(Portal, Cancellation));
    }

    [Fact]
    public async Task Cancellation_is_thrown()
    {
        using var source = new CancellationTokenSource();
        Sandbox.Observer = (_, _) => new ValueTask(source.CancelAsync());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Target().ReadAsync(Portal, source.Token));
    }

    private async Task<string> VersionAsync(string change)
    {
        Sandbox.Faults.Set(new AnswerWith(200, Body: Answers.Plan(Portal, change)));
        return (await ReadPortalAsync()).ETag;
    }
}
