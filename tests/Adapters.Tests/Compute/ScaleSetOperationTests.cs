using ScaleFunctions.Core.Actions;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Adapters.Tests.Compute;

/// <summary>Operations reported as <c>Azure-AsyncOperation</c>.</summary>
public sealed class ScaleSetOperationTests : ScaleSetOperationContract
{
    [Theory]
    [InlineData("""{"status":"Canceled"}""")]
    [InlineData("""{"status":"Failed","error":null}""")]
    [InlineData("""{"status":"failed","error":{"code":"AllocationFailed","message":"none left"}}""")]
    public async Task An_end_without_success_is_failed(string body)
    {
        Fault(new AnswerWith(200, Body: body));

        Assert.NotEmpty(Assert.IsType<OperationReading.Failed>(await Target().ReadOperationAsync(Address, Cancellation)).Code);
    }

    [Theory]
    [InlineData("InProgress")]
    [InlineData("Running")]
    [InlineData("Accepted")]
    [InlineData("Updating")]
    public async Task Words_for_not_yet_are_running(string word)
    {
        Fault(new AnswerWith(200, Body: $$"""{"status":"{{word}}"}"""));

        Assert.IsType<OperationReading.Running>(await Target().ReadOperationAsync(Address, Cancellation));
    }

    [Theory]
    [InlineData(200, """{"status":"Bewildered"}""")]
    [InlineData(200, """{"status":""}""")]
    [InlineData(200, """{"status":7}""")]
    [InlineData(200, """{"status":null}""")]
    [InlineData(200, """{}""")]
    [InlineData(200, "[]")]
    [InlineData(200, "null")]
    [InlineData(200, "<html>")]
    [InlineData(200, "")]
    [InlineData(201, """{"status":"Succeeded"}""")]
    [InlineData(302, "")]
    [InlineData(404, "")]
    [InlineData(500, """{"status":"Succeeded"}""")]
    [InlineData(409, """{"error":{"code":"AllocationFailed"}}""")]
    public async Task What_is_not_clearly_an_end_is_not_one(int status, string body)
    {
        Fault(new AnswerWith(status, Body: body));

        Assert.IsType<OperationReading.Unreadable>(await Target().ReadOperationAsync(Address, Cancellation));
    }
}

/// <summary>Operations reported as <c>Location</c>.</summary>
public sealed class ScaleSetLocationTests : ScaleSetOperationContract
{
    protected override SandboxOptions Options()
    {
        var options = base.Options();
        return options with { Behavior = options.Behavior with { OperationForm = OperationForm.Location } };
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(200, """{"id":"x"}""")]
    public async Task A_success_of_the_request_is_the_operation_s(int status, string body)
    {
        Fault(new AnswerWith(status, Body: body));

        Assert.IsType<OperationReading.Succeeded>(await Target().ReadOperationAsync(new Uri(Address, "#location"), Cancellation));
    }

    [Theory]
    [InlineData("""{"status":"Failed","error":{"code":"AllocationFailed"}}""", typeof(OperationReading.Failed))]
    [InlineData("""{"status":"InProgress"}""", typeof(OperationReading.Running))]
    [InlineData("""{"status":"Bewildered"}""", typeof(OperationReading.Unreadable))]
    public async Task A_status_in_the_body_goes_before_the_200(string body, Type expected)
    {
        Fault(new AnswerWith(200, Body: body));

        Assert.IsType(expected, await Target().ReadOperationAsync(new Uri(Address, "#location"), Cancellation));
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task An_error_of_the_request_is_not_the_operation_s(int status)
    {
        Fault(new AnswerWith(status));

        Assert.IsType<OperationReading.Unreadable>(await Target().ReadOperationAsync(new Uri(Address, "#location"), Cancellation));
    }
}

/// <summary>What holds for both forms.</summary>
public abstract class ScaleSetOperationContract : ScaleSetTest
{
    protected static Uri Address { get; } = new(
        $"https://management.azure.com/subscriptions/{Subscription}/providers/Microsoft.Compute/locations/westeurope/operations/00000000-0002-4000-8000-000000000001?api-version=2024-07-01");

    [Fact]
    public async Task An_operation_runs_and_succeeds()
    {
        var operation = await StartAsync();
        Assert.IsType<OperationReading.Running>(await Target().ReadOperationAsync(operation, Cancellation));

        await LaterAsync();
        Assert.IsType<OperationReading.Succeeded>(await Target().ReadOperationAsync(operation, Cancellation));
    }

    [Fact]
    public async Task The_address_is_good_after_it_was_stored()
    {
        var stored = new Uri((await StartAsync()).OriginalString);

        await LaterAsync();
        Assert.IsType<OperationReading.Succeeded>(await Target().ReadOperationAsync(stored, Cancellation));
        Assert.DoesNotContain('#', Received[^1].PathAndQuery);
    }

    [Fact]
    public async Task A_failed_operation_says_why()
    {
        Fault(new OperationFails("ZonalAllocationFailed", "zone 2 is full"), "PATCH");
        var operation = await StartAsync();

        await LaterAsync();
        Assert.Equal(
            new OperationReading.Failed(FailureClass.Capacity, "ZonalAllocationFailed", "zone 2 is full"),
            await Target().ReadOperationAsync(operation, Cancellation));
    }

    [Fact]
    public async Task An_operation_without_end_stays_running()
    {
        Fault(new OperationNeverEnds(), "PATCH");
        var operation = await StartAsync();

        await Sandbox.Clock.AdvanceToAsync(Sandbox.Clock.GetUtcNow().AddDays(1), Cancellation);
        Assert.IsType<OperationReading.Running>(await Target().ReadOperationAsync(operation, Cancellation));
    }

    [Fact]
    public async Task An_unknown_operation_is_unreadable()
    {
        var operation = await StartAsync();
        var unknown = new Uri(operation.OriginalString.Replace("000000000001?", "00000000beef?", StringComparison.Ordinal));

        Assert.NotEqual(operation, unknown);
        Assert.IsType<OperationReading.Unreadable>(await Target().ReadOperationAsync(unknown, Cancellation));
    }

    [Fact]
    public async Task Cancellation_is_thrown()
    {
        var operation = await StartAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Target().ReadOperationAsync(operation, new CancellationToken(canceled: true)));
    }

    private async Task<Uri> StartAsync()
    {
        var accepted = Assert.IsType<WriteResult.Accepted>(await Target().WriteAsync(await PlanAsync(6), Cancellation));
        return Assert.IsType<Uri>(accepted.Operation);
    }

    private Task LaterAsync() => Sandbox.Clock.AdvanceToAsync(Sandbox.Clock.GetUtcNow().AddMinutes(5), Cancellation).AsTask();
}
