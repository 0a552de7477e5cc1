using ScaleFunctions.Core.Actions;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Adapters.Tests.AppService;

/// <summary>Operations reported as <c>Azure-AsyncOperation</c>.</summary>
public sealed class PlanOperationTests : PlanOperationContract
{
    [Fact]
    public async Task One_address_for_both_forms_is_running_until_the_resource_can_tell()
    {
        var address = $"https://management.azure.com{Portal}/operationresults/1?api-version=2023-12-01";
        var headers = new Dictionary<string, string> { ["Azure-AsyncOperation"] = address, ["Location"] = address };
        var write = await PlanAsync(6);
        Fault(new AnswerWith(202, Body: Answers.Plan(Portal, "{}"), Headers: headers), "PUT");

        var operation = Assert.IsType<WriteResult.Accepted>(await Target().WriteAsync(write, Cancellation)).Operation!;
        Sandbox.Faults.Set(new AnswerWith(202, Body: ""));
        Assert.IsType<OperationReading.Running>(await Target().ReadOperationAsync(operation, Cancellation));
        Sandbox.Faults.Set(new AnswerWith(200, Body: Answers.Plan(Portal, """{"properties":{"provisioningState":"InProgress"}}""")));
        Assert.IsType<OperationReading.Running>(await Target().ReadOperationAsync(operation, Cancellation));
        Sandbox.Faults.Set(new AnswerWith(200, Body: Answers.Plan(Portal, "{}")));
        Assert.IsType<OperationReading.Succeeded>(await Target().ReadOperationAsync(operation, Cancellation));
    }

    [Fact]
    public async Task An_operation_that_ends_without_a_word_ended_well()
    {
        var operation = await StartAsync();
        Sandbox.Faults.Set(new AnswerWith(204, Body: ""));

        Assert.IsType<OperationReading.Succeeded>(await Target().ReadOperationAsync(operation, Cancellation));
    }

    [Fact]
    public async Task A_plan_that_says_it_failed_did_not_end_well()
    {
        var operation = await StartAsync();
        Sandbox.Faults.Set(new AnswerWith(200, Body: Answers.Plan(Portal, """{"properties":{"provisioningState":"Failed"}}""")));

        Assert.IsType<OperationReading.Failed>(await Target().ReadOperationAsync(operation, Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("<html>")]
    [InlineData("""{"status":7}""")]
    [InlineData("""{"id":"/subscriptions/x","properties":{"provisioningState":"Dreaming"}}""")]
    public async Task An_answer_that_is_neither_an_operation_nor_a_plan_proves_nothing(string body)
    {
        var operation = await StartAsync();
        Sandbox.Faults.Set(new AnswerWith(200, Body: body));

        Assert.IsType<OperationReading.Unreadable>(await Target().ReadOperationAsync(operation, Cancellation));
    }

    [Fact]
    public async Task A_write_that_is_done_at_once_has_no_operation()
    {
        var write = await PlanAsync(4);

        Assert.Equal(new WriteResult.Accepted(null), await Target().WriteAsync(write, Cancellation));
    }
}

/// <summary>Operations reported as <c>Location</c>.</summary>
public sealed class PlanLocationTests : PlanOperationContract
{
    protected override SandboxOptions Options()
    {
        var options = base.Options();
        return options with { Behavior = options.Behavior with { OperationForm = OperationForm.Location } };
    }
}

/// <summary>What holds for both forms.</summary>
public abstract class PlanOperationContract : PlanTest
{
    [Fact]
    public async Task An_operation_runs_and_succeeds()
    {
        var operation = await StartAsync();
        Assert.IsType<OperationReading.Running>(await Target().ReadOperationAsync(operation, Cancellation));
        Assert.True((await ReadPortalAsync()).IsUpdating);

        await LaterAsync();
        Assert.IsType<OperationReading.Succeeded>(await Target().ReadOperationAsync(operation, Cancellation));
        Assert.Equal((6, false), ((await ReadPortalAsync()).Capacity, (await ReadPortalAsync()).IsUpdating));
        Assert.Equal(new InstancesReading.Read(6, 6), await Target().ReadInstancesAsync(Portal, Cancellation));
    }

    [Fact]
    public async Task A_failed_operation_says_why_and_the_plan_what_is_left()
    {
        Fault(new OperationFails("AllocationFailed", "none left", Arriving: 1), "PUT");
        var operation = await StartAsync();

        await LaterAsync();
        Assert.Equal(
            new OperationReading.Failed(FailureClass.Capacity, "AllocationFailed", "none left"),
            await Target().ReadOperationAsync(operation, Cancellation));
        Assert.Equal(5, (await ReadPortalAsync()).Capacity);
    }

    [Fact]
    public async Task A_write_while_an_operation_runs_is_stale_and_not_sent()
    {
        await StartAsync();

        Assert.IsType<WriteResult.Stale>(await Target().WriteAsync(await PlanAsync(7), Cancellation));
        Assert.Single(Sandbox.Writes.All);
    }

    private protected async Task<Uri> StartAsync()
    {
        var accepted = Assert.IsType<WriteResult.Accepted>(await Target().WriteAsync(await PlanAsync(6), Cancellation));
        return Assert.IsType<Uri>(accepted.Operation);
    }

    private Task LaterAsync() => Sandbox.Clock.AdvanceToAsync(Sandbox.Clock.GetUtcNow().AddMinutes(5), Cancellation).AsTask();
}
