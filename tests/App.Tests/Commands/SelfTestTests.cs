namespace ScaleFunctions.App.Tests.Commands;

public sealed class SelfTestTests
{
    private const string ScalingWorks = "Auto-scaling and performance optimization successful";

    private const string ResourcesWork = "Resource optimization and cost management successful";

    [Fact]
    public async Task Tries_everything_and_ends_with_the_lines_that_pipelines_wait_for()
    {
        await using var place = new Workplace();

        var run = (await place.RunAsync("self-test")).ShouldBe(0).ShouldHideItsInside();

        Assert.Equal(
            ["raise", "verify", "lower", "roll back", "kill switch", "journal", "writes", ScalingWorks, "off-hours", "findings", "rightsizing", "spend", "budget", "budget undo", ResourcesWork],
            run.Lines.Select(line => line is ScalingWorks or ResourcesWork ? line : line[..12].TrimEnd()));
        Assert.Equal(ResourcesWork, run.Lines[^1]);
        Assert.False(Directory.Exists(place.File(".scalefunctions")));
    }

    /// <summary>Each breaks one step: what was tried before it is told, its name and why, and no line that says it works.</summary>
    [Theory]
    [InlineData("""{ "method": "PATCH", "target": "virtualMachineScaleSets/web", "effect": { "kind": "answer", "status": 403, "code": "AuthorizationFailed" } }""", "raise", "no write raised its 4 instances")]
    [InlineData("""{ "target": "virtualMachineScaleSets/web", "effect": { "kind": "operationNeverEnds" } }""", "verify", "was seen to its end")]
    [InlineData("""{ "method": "PATCH", "target": "virtualMachineScaleSets/web", "from": "2026-01-05T17:40:00Z", "effect": { "kind": "answer", "status": 409, "code": "Conflict" } }""", "lower", "no write lowered its")]
    [InlineData("""{ "method": "POST", "target": "virtualMachines/desk/deallocate", "effect": { "kind": "answer", "status": 403, "code": "AuthorizationFailed" } }""", "off-hours", "it had 0 writes")]
    [InlineData("""{ "method": "GET", "target": "Microsoft.Consumption/budgets", "effect": { "kind": "answer", "status": 403, "code": "AuthorizationFailed" } }""", "spend", "is not known")]
    [InlineData("""{ "method": "PATCH", "target": "virtualMachineScaleSets/batch", "effect": { "kind": "answer", "status": 403, "code": "AuthorizationFailed" } }""", "budget", "there are 4")]
    public async Task A_step_that_does_not_do_what_it_must_is_named(string fault, string step, string why)
    {
        await using var place = new Workplace();

        var run = (await place.RunAsync("self-test", "--faults", place.Write("faults.json", $"[ {fault} ]"))).ShouldBe(1).ShouldHideItsInside();

        Assert.StartsWith($"error: self-test failed at '{step}': ", Assert.Single(run.Complaints), StringComparison.Ordinal);
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(ResourcesWork, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Lines, line => line.StartsWith(step.PadRight(12), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Faults_that_cannot_be_read_are_refused()
    {
        await using var place = new Workplace();

        (await place.RunAsync("self-test --faults none.json")).ShouldRefuse("none.json");
    }
}
