using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Adapters.Tests.Compute;

public sealed class ScaleSetReadTests : ScaleSetTest
{
    [Fact]
    public async Task Reads_capacity_size_and_version_in_one_request_of_the_pinned_version()
    {
        var reading = await ReadWebAsync();

        Assert.Equal((4, "Standard_D4s_v5", false), (reading.Capacity, reading.Sku, reading.IsUpdating));
        Assert.Equal(Sandbox.Clock.GetUtcNow(), reading.At);
        Assert.NotEmpty(reading.ETag);
        Assert.EndsWith("?api-version=2024-07-01", Assert.Single(Received).PathAndQuery);
    }

    [Fact]
    public async Task The_version_changes_when_somebody_changes_the_capacity()
    {
        var before = await ReadWebAsync();
        Sandbox.Estate.SetCapacity(Web, 9);
        var after = await ReadWebAsync();

        Assert.Equal(9, after.Capacity);
        Assert.NotEqual(before.ETag, after.ETag);
    }

    [Fact]
    public async Task An_id_in_other_case_reads_the_same_resource() =>
        Assert.Equal(4, Assert.IsType<CapacityReading.Read>(await Target().ReadAsync(TargetId.Parse(Web.Value.ToUpperInvariant()), Cancellation)).Capacity);

    [Fact]
    public async Task Is_updating_while_an_operation_runs()
    {
        await Target().WriteAsync(await PlanAsync(6), Cancellation);
        Assert.True((await ReadWebAsync()).IsUpdating);

        await Sandbox.Clock.AdvanceToAsync(Sandbox.Clock.GetUtcNow().AddMinutes(5), Cancellation);
        Assert.False((await ReadWebAsync()).IsUpdating);
    }

    [Fact]
    public async Task A_resource_that_does_not_exist_is_gone() =>
        Assert.IsType<CapacityReading.Gone>(await Target().ReadAsync(Id("none"), Cancellation));

    [Fact]
    public async Task A_subscription_we_cannot_see_is_not_a_resource_that_is_gone() =>
        Assert.IsType<CapacityReading.Unreadable>(await Target().ReadAsync(Id("web", Other), Cancellation));

    [Theory]
    [InlineData("""{"sku":{"name":"s"}}""")]
    [InlineData("""{"sku":{"name":"s","capacity":null}}""")]
    [InlineData("""{"sku":null}""")]
    [InlineData("""{"sku":{"name":"s","capacity":"five"}}""")]
    [InlineData("""{"sku":{"name":"s","capacity":1e400}}""")]
    [InlineData("""{"sku":{"name":"s","capacity":5.5}}""")]
    [InlineData("""{"sku":{"name":"s","capacity":-1}}""")]
    [InlineData("""{"sku":{"name":"s","capacity":1001}}""")]
    [InlineData("""{"sku":{"name":"s","capacity":9223372036854775807}}""")]
    [InlineData("""{"sku":{"name":"","capacity":5}}""")]
    [InlineData("""{"sku":{"capacity":5}}""")]
    [InlineData("""{"sku":[5]}""")]
    [InlineData("""{"properties":{}}""")]
    [InlineData("""{"properties":null}""")]
    [InlineData("""{"etag":null}""")]
    [InlineData("""{"etag":""}""")]
    [InlineData("""{"etag":"*"}""")]
    [InlineData("""{"etag":"1\r\nX-Evil: 1"}""")]
    [InlineData("""{"etag":7}""")]
    [InlineData("""{"id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/other"}""")]
    [InlineData("""{"id":null}""")]
    public async Task An_implausible_answer_is_unreadable_and_never_a_number(string change)
    {
        Fault(new AnswerWith(200, Body: Answers.ScaleSet(Web, change)), "GET");

        Assert.NotEmpty(Assert.IsType<CapacityReading.Unreadable>(await Target().ReadAsync(Web, Cancellation)).Reason);
    }

    [Fact]
    public async Task The_unchanged_answer_of_these_tests_is_plausible()
    {
        Fault(new AnswerWith(200, Body: Answers.ScaleSet(Web, "{}")), "GET");

        Assert.Equal(5, (await ReadWebAsync()).Capacity);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"sku":""")]
    public async Task Garbage_is_unreadable(string body)
    {
        Fault(new AnswerWith(200, Body: body), "GET");

        Assert.IsType<CapacityReading.Unreadable>(await Target().ReadAsync(Web, Cancellation));
        Assert.IsType<InstancesReading.Unreadable>(await Target().ReadInstancesAsync(Web, Cancellation));
    }

    [Fact]
    public async Task A_refusal_is_unreadable_with_azure_s_words()
    {
        Fault(new AnswerWith(403, "AuthorizationFailed"));

        Assert.Contains("AuthorizationFailed", Assert.IsType<CapacityReading.Unreadable>(await Target().ReadAsync(Web, Cancellation)).Reason);
        Assert.Single(Received);
    }

    [Fact]
    public async Task A_throttled_read_waits_as_told_and_succeeds()
    {
        var start = Sandbox.Clock.GetUtcNow();
        Fault(new Throttle(17), times: 1);

        Assert.Equal(4, (await ReadWebAsync()).Capacity);

        Assert.Equal(2, Received.Count);
        Assert.Equal(TimeSpan.FromSeconds(17), Sandbox.Clock.GetUtcNow() - start);
    }

    [Fact]
    public async Task A_read_that_is_told_to_wait_long_gives_up_at_once()
    {
        var start = Sandbox.Clock.GetUtcNow();
        Fault(new Throttle(3600));

        Assert.IsType<CapacityReading.Unreadable>(await Target().ReadAsync(Web, Cancellation));

        Assert.Single(Received);
        Assert.Equal(start, Sandbox.Clock.GetUtcNow());
    }

    [Theory]
    [InlineData("Mon, 05 Jan 2026 01:00:00 GMT", 1)]
    [InlineData("1e9", 1)]
    [InlineData("20", 4)]
    [InlineData("21", 1)]
    [InlineData("Mon, 05 Jan 2026 00:00:05 GMT", 4)]
    [InlineData("Mon, 05 Jan 1970 00:00:05 GMT", 4)]
    [InlineData("0", 4)]
    [InlineData("-5", 4)]
    [InlineData("NaN", 4)]
    [InlineData("soon", 4)]
    public async Task However_the_wait_is_written_it_is_kept_short(string retryAfter, int requests)
    {
        Fault(new AnswerWith(503, Headers: new Dictionary<string, string> { ["Retry-After"] = retryAfter }));

        Assert.IsType<CapacityReading.Unreadable>(await Target().ReadAsync(Web, Cancellation));
        Assert.Equal(requests, Received.Count);
    }

    public static TheoryData<FaultEffect> Failures() =>
        [new AnswerWith(500), new AnswerWith(502), new AnswerWith(503), new DropBeforeLanding(), new DropAfterLanding(), new TruncateAnswer(40)];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_failing_read_is_tried_four_times_and_then_unreadable(FaultEffect failure)
    {
        Fault(failure);

        Assert.IsType<CapacityReading.Unreadable>(await Target().ReadAsync(Web, Cancellation));
        Assert.Equal(4, Received.Count);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_read_that_fails_once_succeeds(FaultEffect failure)
    {
        Fault(failure, times: 1);

        Assert.Equal(4, (await ReadWebAsync()).Capacity);
    }

    [Fact]
    public async Task Counts_the_instances_that_serve()
    {
        await Target().WriteAsync(await PlanAsync(6), Cancellation);

        Assert.Equal(new InstancesReading.Read(4, 6), await Target().ReadInstancesAsync(Web, Cancellation));

        await Sandbox.Clock.AdvanceToAsync(Sandbox.Clock.GetUtcNow().AddMinutes(10), Cancellation);
        Assert.Equal(new InstancesReading.Read(6, 6), await Target().ReadInstancesAsync(Web, Cancellation));
    }

    [Theory]
    [InlineData("""{"virtualMachine":{"statusesSummary":[]}}""", 0, 0, 0)]
    [InlineData("""{"virtualMachine":{"statusesSummary":[{"code":"ProvisioningState/failed","count":2},{"code":"PowerState/running","count":9}]}}""", 0, 2, 2)]
    public async Task Counts_states_and_nothing_else(string body, int ready, int total, int failed)
    {
        Fault(new AnswerWith(200, Body: body));

        Assert.Equal(new InstancesReading.Read(ready, total) { Failed = failed }, await Target().ReadInstancesAsync(Web, Cancellation));
    }

    [Theory]
    [InlineData("""{"virtualMachine":null}""")]
    [InlineData("""{"virtualMachine":{}}""")]
    [InlineData("""{"virtualMachine":{"statusesSummary":[{"code":"ProvisioningState/succeeded"}]}}""")]
    [InlineData("""{"virtualMachine":{"statusesSummary":[{"code":"ProvisioningState/succeeded","count":-3}]}}""")]
    [InlineData("""{"virtualMachine":{"statusesSummary":[{"code":"ProvisioningState/succeeded","count":1e400}]}}""")]
    public async Task Instances_that_are_not_counted_are_not_zero(string body)
    {
        Fault(new AnswerWith(200, Body: body));

        Assert.IsType<InstancesReading.Unreadable>(await Target().ReadInstancesAsync(Web, Cancellation));
    }

    [Fact]
    public async Task Cancellation_is_thrown()
    {
        using var source = new CancellationTokenSource();
        Sandbox.Observer = (_, _) => new ValueTask(source.CancelAsync());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Target().ReadAsync(Web, source.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Target().ReadInstancesAsync(Web, source.Token));
    }

    [Fact]
    public async Task No_answer_in_time_is_unreadable()
    {
        Sandbox.Observer = (observation, cancellation) => Hang(observation, cancellation);

        var reading = await Target(connection => connection with { ReadTimeout = TimeSpan.FromMilliseconds(100) }).ReadAsync(Web, Cancellation);

        Assert.Contains("in time", Assert.IsType<CapacityReading.Unreadable>(reading).Reason);
    }

    private static async ValueTask Hang(RequestObservation observation, CancellationToken cancellationToken)
    {
        if (observation.Moment == RequestMoment.Received)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }
}
