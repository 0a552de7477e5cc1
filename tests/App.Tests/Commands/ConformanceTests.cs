using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.App.Tests.Commands;

/// <summary>The verb <c>conformance</c>, sandbox against sandbox: it was never run on Azure.</summary>
public sealed class ConformanceTests
{
    private const string Group = "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/shop/providers";
    private const string Web = $"{Group}/Microsoft.Compute/virtualMachineScaleSets/web";
    private const string Portal = $"{Group}/Microsoft.Web/serverfarms/portal";

    [Theory]
    [InlineData(Web, 8)]
    [InlineData(Portal, 5)]
    public async Task A_sandbox_is_like_another_and_the_count_is_as_before(string resource, int count)
    {
        await using var place = new Workplace();
        await using var sandbox = await StartAsync();

        var run = (await place.RunAsync($"conformance --resource {resource} --i-own-this --sandbox {sandbox.Port}/{sandbox.Thumbprint} --write found.md --format json")).ShouldBe(0).ShouldHideItsInside();

        var found = run.Json();
        Assert.Equal(0, found.GetProperty("differs").GetInt32());
        Assert.True(found.GetProperty("matched").GetInt32() > 20);
        Assert.Contains(found.GetProperty("rows").EnumerateArray(), row => row.GetProperty("step").GetString() == "throttling" && row.GetProperty("outcome").GetString() == "NeverTried");
        Assert.Contains(found.GetProperty("rows").EnumerateArray(), row => row.GetProperty("step").GetString() == "read when it is done" && row.GetProperty("point").GetString() == "capacity" && row.GetProperty("real").GetString() == "+1");
        Assert.StartsWith("# Sandbox against a sandbox of another process\n", File.ReadAllText(place.File("found.md")), StringComparison.Ordinal);
        Assert.Equal([count + 1, count], sandbox.Writes.Effective.Select(write => write.CapacityAfter!.Value));
    }

    [Fact]
    public async Task What_is_not_as_in_the_sandbox_differs()
    {
        await using var place = new Workplace();
        await using var sandbox = await StartAsync(new FaultRule { Method = "GET", Target = "instanceView", Effect = new AnswerWith(503, "ServerBusy") });

        var run = (await place.RunAsync($"conformance --resource {Web} --i-own-this --sandbox {sandbox.Port}/{sandbox.Thumbprint} --format csv")).ShouldBe(2).ShouldHideItsInside();

        Assert.Contains("read the instance view,status,differs,503,200", run.Lines);
        Assert.Contains("read the instance view,error code,differs,ServerBusy,", run.Lines);
        Assert.Contains("read the resource,status,matched,200,200", run.Lines);
    }

    [Fact]
    public async Task A_write_that_is_refused_leaves_the_rest_untried_and_nothing_changed()
    {
        await using var place = new Workplace();
        await using var sandbox = await StartAsync(new FaultRule { Method = "PATCH", Effect = new AnswerWith(403, "AuthorizationFailed") });

        var run = (await place.RunAsync($"conformance --resource {Web} --i-own-this --sandbox {sandbox.Port}/{sandbox.Thumbprint} --format csv")).ShouldBe(2);

        Assert.Contains("ask for one more,status,differs,403,200", run.Lines);
        Assert.Contains(run.Lines, line => line.StartsWith("follow the operation,all of it,never tried,", StringComparison.Ordinal));
        Assert.Empty(sandbox.Writes.Effective);
    }

    [Fact]
    public async Task What_somebody_else_set_meanwhile_is_left_and_told()
    {
        await using var place = new Workplace();
        SandboxServer? started = null;
        var isSet = false;
        await using var sandbox = started = await SandboxServer.StartAsync(
            new SandboxOptions
            {
                Observer = (seen, _) =>
                {
                    if (!isSet && seen is { Kind: RequestKind.Operation, Moment: RequestMoment.Received })
                    {
                        isSet = true;
                        started!.Estate.SetCapacity(TargetId.Parse(Web), 14);
                    }

                    return ValueTask.CompletedTask;
                },
            },
            TestContext.Current.CancellationToken);

        var run = (await place.RunAsync($"conformance --resource {Web} --i-own-this --sandbox {sandbox.Port}/{sandbox.Thumbprint} --format csv")).ShouldBe(1).ShouldHideItsInside();

        Assert.Contains("somebody else gave it 14 instances meanwhile, so it was left at that; it had 8", run.Error, StringComparison.Ordinal);
        Assert.Equal(14, sandbox.Estate.CapacityOf(TargetId.Parse(Web)));
    }

    [Fact]
    public async Task The_count_is_put_back_when_reads_fail_for_a_while()
    {
        await using var place = new Workplace();
        await using var sandbox = await StartAsync(new FaultRule { Method = "GET", Target = "virtualMachineScaleSets/web\\?", Skip = 4, Times = 3, Effect = new AnswerWith(503, "ServerBusy") });

        var run = (await place.RunAsync($"conformance --resource {Web} --i-own-this --sandbox {sandbox.Port}/{sandbox.Thumbprint} --format csv")).ShouldHideItsInside();

        Assert.Equal(8, sandbox.Estate.CapacityOf(TargetId.Parse(Web)));
        Assert.Equal([9, 8], sandbox.Writes.Effective.Select(write => write.CapacityAfter!.Value));
        Assert.DoesNotContain("set that by hand", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"conformance --resource {Web}", "add --i-own-this if it was made for this")]
    [InlineData("conformance --resource web --i-own-this", "'web' does not fit --resource")]
    [InlineData("conformance --i-own-this", "--resource")]
    public async Task Nothing_is_touched_that_nobody_named_and_owns(string arguments, string error)
    {
        await using var place = new Workplace();

        (await place.RunAsync(arguments)).ShouldRefuse(error);
    }

    [Fact]
    public async Task Other_kinds_and_resources_that_are_not_there_are_told()
    {
        await using var place = new Workplace();
        await using var sandbox = await StartAsync();
        var there = $"--i-own-this --sandbox {sandbox.Port}/{sandbox.Thumbprint}";

        (await place.RunAsync($"conformance --resource {Group}/Microsoft.Sql/servers/x {there}")).ShouldRefuse("is not among what can be tried");
        (await place.RunAsync($"conformance --resource {Web}none {there}")).ShouldRefuse("it cannot be read: 404 ResourceNotFound");
        Assert.Empty(sandbox.Writes.All);
    }

    private static Task<SandboxServer> StartAsync(params FaultRule[] faults) =>
        SandboxServer.StartAsync(new SandboxOptions { Faults = faults }, TestContext.Current.CancellationToken);
}
