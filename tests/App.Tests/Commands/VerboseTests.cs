using ScaleFunctions.App.Commands;

namespace ScaleFunctions.App.Tests.Commands;

/// <summary>What <c>--verbose</c> tells, and where.</summary>
public sealed class VerboseTests
{
    [Fact]
    public async Task Tells_what_is_read_and_which_calls_go_where_on_standard_error()
    {
        await using var world = await ApplyWorld.StartAsync(("fine", 4, 3));
        var quiet = (await world.RunAsync("plan --format json")).ShouldBe(0);

        var told = (await world.RunAsync("plan --format json --verbose")).ShouldBe(0);

        Assert.Equal(quiet.Output, told.Output);
        Assert.DoesNotContain("verbose:", quiet.Error, StringComparison.Ordinal);
        var lines = told.Error.Split('\n');
        Assert.Contains(lines, line => line.StartsWith("verbose: read ", StringComparison.Ordinal) && line.Contains("workloads.yml", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("verbose: 3 policies", StringComparison.Ordinal));
        Assert.Contains(lines, line => System.Text.RegularExpressions.Regex.IsMatch(line, @"^verbose: POST https://management\.azure\.com/providers/Microsoft\.ResourceGraph/resources → 200 in \d+ ms$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Contains(lines, line => line.Contains("metrics:getBatch → 200 in", StringComparison.Ordinal));

        // Keys and tokens are in queries and headers.
        Assert.DoesNotContain(lines, line => line.StartsWith("verbose: ", StringComparison.Ordinal) && line.Contains('?', StringComparison.Ordinal));
        Assert.DoesNotContain("Bearer", told.Error, StringComparison.Ordinal);
    }

    /// <summary>Of a webhook the path is the secret.</summary>
    [Theory]
    [InlineData("https://hooks.slack.com/services/T0/B0/geheim", "https://hooks.slack.com/…")]
    [InlineData("https://hooks.example.com:8443/geheim?code=geheim", "https://hooks.example.com:8443/…")]
    [InlineData("https://name:geheim@management.azure.com/subscriptions/1?key=geheim", "https://management.azure.com/subscriptions/1")]
    [InlineData("https://management.azure.com.example.com/geheim", "https://management.azure.com.example.com/…")]
    [InlineData("http://management.azure.com/geheim", "http://management.azure.com/…")]
    [InlineData("https://westeurope.metrics.monitor.azure.com/subscriptions/1/metrics:getBatch?api-version=1", "https://westeurope.metrics.monitor.azure.com/subscriptions/1/metrics:getBatch")]
    [InlineData("http://127.0.0.1:7071/Evaluate?x=geheim", "http://127.0.0.1:7071/Evaluate")]
    [InlineData("geheim", "(an address)")]
    public void An_address_is_told_without_what_may_be_a_secret(string address, string shown) => Assert.Equal(shown, Verbosity.Shown(address));

    [Fact]
    public async Task Tells_the_stack_of_an_error_and_the_error_itself_as_ever()
    {
        await using var place = new Workplace();

        (await place.RunAsync("plan --policies nowhere")).ShouldRefuse("there is no directory nowhere");
        var told = (await place.RunAsync("plan --policies nowhere --verbose")).ShouldBe(1);

        Assert.StartsWith("error: there is no directory nowhere", Assert.Single(told.Complaints), StringComparison.Ordinal);
        Assert.Contains("   at ScaleFunctions.App.Hosting.PolicyDirectory.", told.Error, StringComparison.Ordinal);
        Assert.Empty(told.Output);
    }

    [Fact]
    public async Task Local_mode_logs_down_to_debug_and_keeps_its_lines()
    {
        await using var place = new Workplace();

        var run = (await place.RunAsync("serve --duration 20m --port 0 --verbose")).ShouldBe(0);

        Assert.Contains("dbug: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("verbose: POST http://127.0.0.1:", run.Error, StringComparison.Ordinal);
        Assert.NotEmpty(run.Decisions);
        Assert.DoesNotContain("dbug: ", run.Output, StringComparison.Ordinal);
    }
}
