using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Tests.Commands;

public sealed class CostsTests
{
    [Fact]
    public async Task Counts_what_a_run_used_and_prices_a_month_of_it()
    {
        await using var place = new Workplace();
        (await place.RunAsync("serve --duration 30m --port 0 --state st")).ShouldBe(0);

        var run = (await place.RunAsync("costs --self --state st --format json")).ShouldBe(0).ShouldHideItsInside();

        var view = run.Json();
        Assert.StartsWith("counted over 0.5 h", view.GetProperty("basis").GetString(), StringComparison.Ordinal);
        var lines = view.GetProperty("lines").EnumerateArray().ToDictionary(line => line.GetProperty("item").GetString()!);
        Assert.All(
            ["Resource Manager reads", "metric reads", "function executions"],
            item => Assert.True(lines[item].GetProperty("quantity").GetDecimal() > 1_000, item));
        Assert.StartsWith("estimated", lines["state in a table"].GetProperty("basis").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("missing", lines["dead-man alert"].GetProperty("price").GetString(), StringComparison.Ordinal);
        Assert.Equal("USD", view.GetProperty("currency").GetString());
        Assert.InRange(view.GetProperty("total").GetDecimal(), 42, 1_000);
    }

    [Fact]
    public async Task Estimates_before_anything_ran()
    {
        await using var place = new Workplace();

        var run = (await place.RunAsync("costs --self --estate shop --format markdown")).ShouldBe(0);

        Assert.Contains(run.Lines, line => line.StartsWith("| metric reads |", StringComparison.Ordinal) && line.Contains("estimated from one evaluation", StringComparison.Ordinal));
        Assert.Contains(run.Lines, line => line.StartsWith("| total |", StringComparison.Ordinal) && line.Contains("USD", StringComparison.Ordinal));
    }

    /// <summary>Half an hour of local mode with the policies there are: what was counted, in all formats, and what was saved.</summary>
    [Fact]
    public async Task Tells_what_a_run_counted_and_saved()
    {
        await using var place = new Workplace();
        (await place.RunAsync("serve --duration 31m --port 0 --state st")).ShouldBe(0);

        var report = Assert.Single((await place.RunAsync("costs --state st --format json")).ShouldBe(0).Json().GetProperty("reports").EnumerateArray());
        Assert.Equal("shop", report.GetProperty("name").GetString());
        Assert.Equal("USD", report.GetProperty("currency").GetString());
        Assert.True(report.GetProperty("perHour").GetDecimal() > 0);

        var markdown = (await place.RunAsync("costs --state st --format markdown")).ShouldBe(0).ShouldHideItsInside();
        Assert.Contains(markdown.Lines, line => line.Contains("| shop |", StringComparison.Ordinal) && line.Contains("negotiated, retail prices of ", StringComparison.Ordinal));

        var resources = (await place.RunAsync("costs --scope shop --state st --format csv")).ShouldBe(0);
        Assert.Equal("policy,resource,counted,instance hours", resources.Lines[0]);
        Assert.Contains(resources.Lines, line => line.Contains("virtualmachinescalesets/web", StringComparison.Ordinal) && line.Contains(" USD", StringComparison.Ordinal));

        Assert.Contains("nothing is kept of 'api'; known are shop", (await place.RunAsync("costs --scope api --state st")).ShouldBe(1).Error, StringComparison.Ordinal);

        var savings = (await place.RunAsync("savings --state st --format markdown")).ShouldBe(0).ShouldHideItsInside();
        Assert.Contains(savings.Lines, line => line.Contains("| total |", StringComparison.Ordinal) && line.Contains("USD of it reconciled", StringComparison.Ordinal));
    }

    /// <summary>Two teams call what they watch by the same name.</summary>
    [Fact]
    public async Task A_scope_is_told_of_every_policy_that_has_one_of_the_name()
    {
        await using var place = new Workplace();
        await StateFiles.WriteAsync(place.File("st"), []);
        using (var store = SqliteStateStore.Open(place.File("st")))
        {
            foreach (var policy in (string[])["team", "finance"])
            {
                await new CostReports(store).WriteAsync(Report(policy), TestContext.Current.CancellationToken);
            }
        }

        var resources = (await place.RunAsync("costs --scope shop --state st --format csv")).ShouldBe(0);
        Assert.Equal(["policy,resource,counted,instance hours", "finance,web-of-finance,1.00 USD,2", "team,web-of-team,1.00 USD,2"], resources.Lines);

        var all = (await place.RunAsync("costs --state st --format markdown")).ShouldBe(0);
        Assert.Contains(all.Lines, line => line.StartsWith("| team | shop |", StringComparison.Ordinal) && line.Contains("not judged: it is new", StringComparison.Ordinal));
        Assert.Contains(all.Lines, line => line.StartsWith("| finance | shop |", StringComparison.Ordinal) && line.Contains("missing: too young", StringComparison.Ordinal));
    }

    private static CostReport Report(string policy) => new()
    {
        Name = "shop",
        Policy = policy,
        Scope = "/subscriptions/s-1",
        Tags = "",
        From = new DateOnly(2026, 1, 1),
        To = new DateOnly(2026, 2, 1),
        At = DateTimeOffset.UtcNow,
        Currency = "USD",
        Basis = CostBasis.Negotiated,
        PerHour = 0.5m,
        NotJudged = "it is new",
        AzureEndWhy = "too young",
        Resources = [new CostReportLine($"web-of-{policy}", 1, 2)],
        ResourceCount = 1,
        Uncounted = [],
        UncountedCount = 0,
    };

    [Theory]
    [InlineData("costs --estate shop --state st", "--policies and --estate are for --self")]
    [InlineData("savings --month november --state st", "'november' is not a month")]
    public async Task Says_what_is_wrong(string line, string message)
    {
        await using var place = new Workplace();

        Assert.Contains(message, (await place.RunAsync(line)).ShouldBe(1).Error, StringComparison.Ordinal);
    }
}
