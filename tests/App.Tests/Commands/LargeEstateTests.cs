using ScaleFunctions.App.Tests.Hosting;

namespace ScaleFunctions.App.Tests.Commands;

public sealed class LargeEstateTests
{
    private static readonly string Policies = Path.Combine(Repository.Root, "docs", "examples", "large-estate");

    [Fact]
    public async Task Plans_on_a_thousand_resources_and_leaves_a_third_of_them_alone()
    {
        await using var place = new Workplace();

        var run = await place.RunAsync("plan", "--estate", "large", "--policies", Policies, "--format", "json");

        var lines = run.Json().EnumerateArray().ToList();
        // 646 are nobody else's; Azure's own autoscale of some more can be steered.
        Assert.InRange(lines.Count, 500, 720);
        run.ShouldBe(lines.Any(line => line.GetProperty("wouldChange").GetBoolean()) ? 2 : 0);
        foreach (var owner in (string[])["AKS aks-prod-01-1", "Databricks dbw-prod-01", "Batch", "Service Fabric", "cluster autoscaler"])
        {
            Assert.Contains($", {owner} sets its capacity: ", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Runs_on_a_thousand_resources()
    {
        await using var place = new Workplace();

        var run = (await place.RunAsync("serve", "--estate", "large", "--policies", Policies, "--duration", "1m", "--port", "0")).ShouldBe(0);

        Assert.Contains("vmss-shop-web-prod-01", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_an_estate_that_nobody_knows_and_one_beside_a_recording()
    {
        await using var place = new Workplace();

        Assert.Equal(1, (await place.RunAsync("plan --estate huge")).ExitCode);
        (await place.RunAsync("serve", "--estate", "large", "--trace", place.WriteWave())).ShouldRefuse("--estate is for generated load");
    }
}
