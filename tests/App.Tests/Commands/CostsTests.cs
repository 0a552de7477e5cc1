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

    [Fact]
    public async Task Says_what_it_needs()
    {
        await using var place = new Workplace();

        var run = (await place.RunAsync("costs")).ShouldBe(1);

        Assert.Contains("--self", run.Error, StringComparison.Ordinal);
    }
}
