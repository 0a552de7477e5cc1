using ScaleFunctions.App.Tests.Hosting;

namespace ScaleFunctions.App.Tests.Commands;

/// <summary>A plan against an Azure that throttles and fails by half: it ends, lowers nothing, and says what it did not look at.</summary>
public sealed class PlanUnderFaultsTests
{
    private static readonly string Policies = Path.Combine(Repository.Root, "docs", "examples", "large-estate");

    private const string Faults =
        """
        [ { "target": "metrics:getBatch", "skip": 2, "effect": { "kind": "throttle", "retryAfterSeconds": 600 } },
          { "target": "000000000002/providers/Microsoft.Web/serverfarms", "effect": { "kind": "answer", "status": 503, "code": "ServiceUnavailable" } },
          { "target": "000000000003/providers/Microsoft.Compute/virtualMachineScaleSets", "effect": { "kind": "throttle", "retryAfterSeconds": 600 } } ]
        """;

    [Fact]
    public async Task Ends_lowers_nothing_and_says_what_it_left_for_later()
    {
        await using var place = new Workplace();
        place.Write("faults.json", Faults);
        await place.ServeAsync("--estate", "large", "--policies", Policies, "--speed", "1", "--faults", "faults.json", "--state", "st");

        var run = (await place.RunAsync("plan", "--state", "st", "--policies", Policies, "--format", "json")).ShouldBe(3);

        // Every format has the same lines.
        var lines = run.Json().EnumerateArray().Select(line => (Outcome: line.GetProperty("outcome").GetString()!, Why: line.GetProperty("reason").GetString()!)).ToList();
        Assert.DoesNotContain(lines, line => line.Outcome == "scale in");
        var estate = Assert.Single(lines, line => line.Outcome == "not all read");
        Assert.Contains("so nothing is lowered", estate.Why, StringComparison.Ordinal);
        Assert.Contains("Microsoft.Web/serverfarms: HTTP 503", estate.Why, StringComparison.Ordinal);
        Assert.Contains("Microsoft.Compute/virtualMachineScaleSets: ", estate.Why, StringComparison.Ordinal);
        Assert.Matches("^signals of [0-9]+ of [0-9]+ targets were left for later", Assert.Single(lines, line => line.Outcome == "deferred").Why);
        Assert.Contains("were left for later, because Azure's limits", run.Error, StringComparison.Ordinal);
    }
}
