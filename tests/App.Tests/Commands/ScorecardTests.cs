using System.Globalization;

namespace ScaleFunctions.App.Tests.Commands;

public sealed class ScorecardTests
{
    private const string Columns =
        "trace,mean_instances,score_days,policy,cost_vs_oracle,inst_hours,under_pct,over_pct,theta_u,theta_o,instability,lost_pct,slo_min_day,actions_day";

    [Fact]
    public async Task Csv_has_a_row_for_each_policy_on_each_trace_beside_the_oracle()
    {
        await using var place = new Workplace();
        Write(place, "a", 9);
        Write(place, "b", 8);

        var run = (await place.RunAsync("scorecard --traces loads --format csv --mean 5 --policy k8s_hpa_60 aws_tt_50")).ShouldBe(0);

        Assert.Equal(Columns, run.Lines[0]);
        Assert.Equal(
            [("a", "oracle"), ("a", "k8s_hpa_60"), ("a", "aws_tt_50"), ("b", "oracle"), ("b", "k8s_hpa_60"), ("b", "aws_tt_50")],
            run.Lines.Skip(1).Select(line => line.Split(',')).Select(cells => (cells[0], cells[3])));
        Assert.Equal(["a", "5.0", "2.0", "oracle", "1.0"], run.Lines[1].Split(',')[..5]);
        Assert.All(run.Lines.Skip(1), line => Assert.Equal(14, line.Split(',').Length));
        Assert.All(run.Lines.Skip(1), line => Assert.True(double.Parse(line.Split(',')[5], CultureInfo.InvariantCulture) > 0));
    }

    [Fact]
    public async Task Tables_sum_the_traces_up()
    {
        await using var place = new Workplace();
        Write(place, "a", 8);

        var table = (await place.RunAsync("scorecard --traces loads --policy react")).ShouldBe(0);
        var json = (await place.RunAsync("scorecard --traces loads --policy react --format json")).ShouldBe(0).Json();

        Assert.Contains(table.Lines, line => line.Contains("react", StringComparison.Ordinal));
        Assert.Equal(["oracle", "react"], json.GetProperty("summary").EnumerateArray().Select(line => line.GetProperty("policy").GetString()));
        Assert.Equal(1, json.GetProperty("summary")[0].GetProperty("costOverOracle").GetDouble());
        Assert.Equal(20, json.GetProperty("rows")[1].GetProperty("meanInstances").GetDouble());
    }

    [Fact]
    public async Task Our_own_rows_are_there_by_their_names()
    {
        await using var place = new Workplace();
        Write(place, "a", 8);

        var run = (await place.RunAsync("scorecard --traces loads --format csv --policy scalefunctions_strict scalefunctions_balanced_calm")).ShouldBe(0);

        Assert.Equal(["oracle", "scalefunctions_strict", "scalefunctions_balanced_calm"], run.Lines.Skip(1).Select(line => line.Split(',')[3]));
    }

    [Fact]
    public async Task The_row_of_policy_files_is_what_backtest_says_of_them()
    {
        await using var place = BacktestTests.Place();
        place.Write("loads/load.csv", BacktestTests.Text(9, BacktestTests.Wave));

        var scored = (await place.RunAsync("scorecard --traces loads --format csv --policy react --policies shop")).ShouldBe(0);
        var replayed = (await place.RunAsync("backtest --policies shop --trace loads/load.csv --format csv")).ShouldBe(0);

        Assert.Equal(["oracle", "react", "policies"], scored.Lines.Skip(1).Select(line => line.Split(',')[3]));
        var (row, backtest) = (scored.Lines[3].Split(','), replayed.Lines[1].Split(','));
        Assert.Equal(double.Parse(backtest[2], CultureInfo.InvariantCulture), double.Parse(row[5], CultureInfo.InvariantCulture), 0.1);
        Assert.Equal(double.Parse(backtest[4], CultureInfo.InvariantCulture), double.Parse(row[6], CultureInfo.InvariantCulture), 0.01);
    }

    [Theory]
    [InlineData("scorecard --traces loads --workload shop", "--workload", "--policies")]
    [InlineData("scorecard --traces loads --policies nowhere", "nowhere")]
    [InlineData("scorecard --traces loads --policy nobody", "'nobody'", "--policy", "k8s_hpa_60")]
    [InlineData("scorecard --traces loads --mean 0", "'0'", "--mean", "above 0")]
    [InlineData("scorecard --traces nowhere", "nowhere", "timestamp,value")]
    [InlineData("scorecard --traces policies", "policies", "no CSV file")]
    [InlineData("scorecard --traces wrong", "wrong/a.csv:3: ", "'many'", "a number")]
    [InlineData("scorecard --traces short", "short/a.csv", "3 days", "at least 8")]
    public async Task What_cannot_be_scored_is_told(string arguments, params string[] words)
    {
        await using var place = new Workplace();
        Write(place, "a", 8);
        place.Write("wrong/a.csv", "timestamp,value\n2026-03-02T00:00Z,1\n2026-03-02T00:01Z,many\n");
        place.Write("short/a.csv", Text(3));

        (await place.RunAsync(arguments)).ShouldRefuse(words);
    }

    [Fact]
    public async Task Interrupted_it_prints_nothing()
    {
        await using var place = new Workplace();
        Write(place, "a", 42);
        Write(place, "b", 42);
        var running = place.Start("scorecard", "--traces", "loads", "--format", "csv");

        await running.NoteAsync(line => line.StartsWith("2 recorded loads", StringComparison.Ordinal));
        var run = (await running.TerminateAsync()).ShouldBe(143);

        Assert.Empty(run.Output);
    }

    private static void Write(Workplace place, string name, int days) => place.Write($"loads/{name}.csv", Text(days));

    private static string Text(int days) => "timestamp,value\n" + string.Concat(Enumerable.Range(0, days * 288).Select(i =>
        $"{new DateTime(2026, 3, 2).AddMinutes(5 * i):yyyy-MM-ddTHH:mm}Z,{20 - (10 * Math.Cos(2 * Math.PI * i / 288)):0.###}\n"));
}
