using System.Text.Json;

namespace ScaleFunctions.App.Tests.Commands;

public sealed class InitTests
{
    private const string ScalingIsReady = "Auto-scaling infrastructure initialized";

    private const string ResourcesAreReady = "Resource optimization infrastructure initialized";

    [Fact]
    public async Task Ends_with_the_lines_that_pipelines_wait_for_after_a_rehearsal()
    {
        await using var place = new Workplace();

        var run = (await place.RunAsync("init mine --settings local.settings.json")).ShouldBe(0).ShouldHideItsInside();

        Assert.Equal([ScalingIsReady, ResourcesAreReady], run.Lines.TakeLast(2));
        Assert.Contains("on a fresh simulated Azure", run.Error, StringComparison.Ordinal);
        using var settings = JsonDocument.Parse(await File.ReadAllTextAsync(place.File("local.settings.json"), TestContext.Current.CancellationToken));
        Assert.Equal("observe", settings.RootElement.GetProperty("Values").GetProperty("ScaleFunctions__Mode").GetString());
        Assert.Contains("kept    local.settings.json", (await place.RunAsync("init mine --settings local.settings.json")).ShouldBe(0).Lines);
    }

    [Fact]
    public async Task Says_neither_when_a_file_that_was_kept_has_an_error()
    {
        await using var place = new Workplace();
        (await place.RunAsync("init mine")).ShouldBe(0);
        place.Edit("mine/horizontal-scaling.yml", "minimum: 2 ", "minimum: many ");

        var run = (await place.RunAsync("init mine")).ShouldBe(1).ShouldHideItsInside();

        Assert.Contains("mine/horizontal-scaling.yml:11:14", run.Error, StringComparison.Ordinal);
        Assert.Contains("run 'init mine' again", run.Complaints[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("initialized", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_nothing_of_scaling_when_a_workload_has_no_bounds()
    {
        await using var place = new Workplace();
        (await place.RunAsync("init mine")).ShouldBe(0);
        place.Write("mine/lonely.yml", "apiVersion: scalefunctions/v1\nkind: Workload\nmetadata: { name: lonely }\nspec: { select: { type: vmss, tags: { app: lonely } } }\n");

        var run = (await place.RunAsync("init mine")).ShouldBe(1).ShouldHideItsInside();

        Assert.Contains("auto-scaling is not initialized: the workload 'lonely'", Assert.Single(run.Complaints), StringComparison.Ordinal);
        Assert.DoesNotContain(ScalingIsReady, run.Lines);
    }

    [Fact]
    public async Task Says_only_that_scaling_is_ready_when_a_budget_tells_nobody()
    {
        await using var place = new Workplace();
        (await place.RunAsync("init mine")).ShouldBe(0);
        place.Edit("mine/budget-alerts.yml", "  channels: [ops]", "");
        place.Edit("mine/alert-channels.yml", "  default: [ops]", "");

        var run = (await place.RunAsync("init mine")).ShouldBe(1).ShouldHideItsInside();

        Assert.Equal(ScalingIsReady, run.Lines[^1]);
        Assert.Contains("the budget 'budget-alerts' at mine/budget-alerts.yml", Assert.Single(run.Complaints), StringComparison.Ordinal);
        Assert.Contains("tells nobody", run.Complaints[0], StringComparison.Ordinal);
    }
}
