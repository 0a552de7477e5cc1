using System.Globalization;

namespace ScaleFunctions.App.Tests.Commands;

public sealed class TuneTests
{
    private const string Usual = "tune --policies shop --trace load.csv --grid target=40,60,75;stabilization=5m,30m";

    [Fact]
    public async Task The_cheapest_that_keeps_to_the_limit_is_chosen_and_scored_on_later_days()
    {
        await using var place = BacktestTests.Place();

        var json = (await place.RunAsync($"{Usual} --short 5% --format json")).ShouldBe(0).Json();

        var lines = json.GetProperty("lines").EnumerateArray().ToList();
        var chosen = Assert.Single(lines, line => line.GetProperty("isChosen").GetBoolean());
        Assert.Equal(6, json.GetProperty("tried").GetInt32());
        Assert.True(lines[0].GetProperty("isPresent").GetBoolean());
        Assert.True(chosen.GetProperty("shortPercent").GetDouble() <= 5);
        Assert.All(
            lines.Skip(1).Where(line => line.GetProperty("shortPercent").GetDouble() <= 5),
            line => Assert.True(line.GetProperty("costOverOracle").GetDouble() >= chosen.GetProperty("costOverOracle").GetDouble()));
        Assert.True(chosen.GetProperty("restCostOverOracle").GetDouble() > 0.5);
        Assert.True(json.GetProperty("from").GetDateTimeOffset() < json.GetProperty("split").GetDateTimeOffset());
        Assert.True(json.GetProperty("split").GetDateTimeOffset() < json.GetProperty("to").GetDateTimeOffset());
    }

    [Fact]
    public async Task The_chosen_policies_are_a_valid_file_that_comes_to_what_was_promised()
    {
        await using var place = BacktestTests.Place();

        var tuned = (await place.RunAsync($"{Usual} --short 5% --format json --write chosen/shop.yml --report out.html".Replace("chosen/", "", StringComparison.Ordinal))).ShouldBe(0).Json();
        Directory.CreateDirectory(place.File("chosen"));
        File.Move(place.File("shop.yml"), place.File("chosen/shop.yml"));
        (await place.RunAsync("validate chosen")).ShouldBe(0);
        var split = tuned.GetProperty("split").GetDateTimeOffset();
        var proven = (await place.RunAsync(string.Create(CultureInfo.InvariantCulture,
            $"backtest --policies chosen --trace load.csv --from {split.UtcDateTime:yyyy-MM-ddTHH:mm} --format json"))).ShouldBe(0).Json();

        var chosen = tuned.GetProperty("lines").EnumerateArray().Single(line => line.GetProperty("isChosen").GetBoolean());
        // Scaled by the mean of another part, so not to the last digit.
        Assert.Equal(chosen.GetProperty("restCostOverOracle").GetDouble(), proven.GetProperty("rows")[0].GetProperty("costOverOracle").GetDouble(), 1);
        var page = await File.ReadAllTextAsync(place.File("out.html"), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("http", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("class=\"chosen\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_exists_is_replaced_only_by_force()
    {
        await using var place = BacktestTests.Place();
        place.Write("mine.yml", "mine");

        (await place.RunAsync($"{Usual} --short 50% --write mine.yml")).ShouldRefuse("mine.yml exists", "--force");
        Assert.Equal("mine", await File.ReadAllTextAsync(place.File("mine.yml"), TestContext.Current.CancellationToken));

        (await place.RunAsync($"{Usual} --short 50% --write mine.yml --force")).ShouldBe(0);
        Assert.Contains("kind: HorizontalScaling", await File.ReadAllTextAsync(place.File("mine.yml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Policies_of_others_are_not_overwritten_even_by_force()
    {
        await using var place = BacktestTests.Place();
        var others = "\n---\napiVersion: scalefunctions/v1\nkind: Workload\nmetadata: { name: other }\nspec: { select: { type: plan } }\n---\napiVersion: scalefunctions/v1\nkind: HorizontalScaling\nmetadata: { name: others }\nspec: { workload: other, instances: { minimum: 1, maximum: 3 } }\n";
        await File.AppendAllTextAsync(place.File("shop/shop.yml"), others, TestContext.Current.CancellationToken);

        (await place.RunAsync($"{Usual} --workload shop --write shop/shop.yml --force")).ShouldRefuse("shop/shop.yml", "others");
    }

    [Fact]
    public async Task When_nothing_keeps_to_the_limit_nothing_is_written()
    {
        await using var place = BacktestTests.Place();

        var run = (await place.RunAsync("tune --policies shop --trace load.csv --grid target=95 --short 0% --write chosen.yml")).ShouldBe(1);

        Assert.Contains("none of 1 combinations", Assert.Single(run.Complaints), StringComparison.Ordinal);
        Assert.False(File.Exists(place.File("chosen.yml")));
    }

    [Theory]
    [InlineData("--grid target=many", "'many'", "--grid", "target=50,60,70")]
    [InlineData("--grid colour=1", "'colour'", "--grid")]
    [InlineData("--grid target", "'target'", "--grid")]
    [InlineData("--grid minimum=500", "--grid", "maximum of 60")]
    [InlineData("--grid target=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15;minimum=1,2,3,4,5,6,7,8,9,10,11,12,13,14", "210 combinations", "200")]
    [InlineData("--short much", "'much'", "--short")]
    [InlineData("--write nowhere/chosen.yml", "nowhere", "directory")]
    public async Task What_cannot_be_tuned_is_told(string arguments, params string[] words)
    {
        await using var place = BacktestTests.Place();

        (await place.RunAsync($"tune --policies shop --trace load.csv {arguments}")).ShouldRefuse(words);
    }
}
