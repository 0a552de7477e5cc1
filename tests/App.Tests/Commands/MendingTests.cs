namespace ScaleFunctions.App.Tests.Commands;

/// <summary>An error says what, where, and how to go on.</summary>
public sealed class MendingTests
{
    [Theory]
    [InlineData("serve --duration 5m --port 0 --faults faults.json", "faults.json", "Expected is a JSON list such as", "\"kind\"")]
    [InlineData("plan --sandbox 1/2", "expected port/thumbprint")]
    [InlineData("why web", "there has been no local run here yet", "--state")]
    [InlineData("import-autoscale --file empty.json", "there is no autoscale setting there", "--file")]
    [InlineData("role act --policies broken", "mend what is told above")]
    [InlineData("apply --yes --policies mine --state policies/workloads.yml", "is a file", "--state")]
    [InlineData("apply --yes --policies nowhere", "there is no directory nowhere", "init nowhere")]
    public async Task Each_names_the_place_and_the_way_out(string command, params string[] words)
    {
        await using var place = new Workplace();
        place.Write("faults.json", "{ \"target\": 1 }");
        place.Write("empty.json", "[]");
        place.Write("broken/one.yml", "kind: Workload");
        foreach (var name in new[] { "workloads.yml", "horizontal-scaling.yml" })
        {
            place.Write($"mine/{name}", File.ReadAllText(place.File($"policies/{name}")));
        }

        var error = (await place.RunAsync(command)).ShouldBe(1).ShouldHideItsInside().Complaints[^1];

        Assert.All(words, word => Assert.Contains(word, error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_not_there_yet_says_how_it_comes_to_be()
    {
        await using var world = await ApplyWorld.StartAsync(("fine", 4, 3));
        (await world.RunAsync("apply --state st")).ShouldBe(0);

        (await world.Place.RunAsync("inventory accept --state st --reason gone")).ShouldRefuse("nothing is missing from the inventory", "'inventory status'");
        (await world.Place.RunAsync("policies diff waiting --state st")).ShouldRefuse("no policy set waits", "'policies list'");
        (await world.Place.RunAsync("budgets show team --state st --policies mine")).ShouldRefuse("because the policies have none", "BudgetAlerts", "--policies");
    }
}
