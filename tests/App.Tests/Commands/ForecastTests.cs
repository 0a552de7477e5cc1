using System.Globalization;
using ScaleFunctions.App.Commands.Forecasts;
using ScaleFunctions.Core.Forecasts;

namespace ScaleFunctions.App.Tests.Commands;

public sealed class ForecastTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Prints_a_line_a_step_for_programs()
    {
        await using var place = new Workplace();
        WriteDaily(place, "load.csv", days: 15);

        var run = (await place.RunAsync("forecast --trace load.csv --at 2026-01-19T00:00:00Z --horizon 24h --step 15m --quantiles 0.5,0.95 --format csv")).ShouldBe(0);

        Assert.Equal("timestamp,mean,q0.5,q0.95", run.Lines[0]);
        Assert.Equal(96, run.Lines.Count - 1);
        Assert.StartsWith("2026-01-19T00:00:00Z,", run.Lines[1], StringComparison.Ordinal);
        Assert.StartsWith("2026-01-19T23:45:00Z,", run.Lines[^1], StringComparison.Ordinal);
        Assert.All(run.Lines.Skip(1).Select((line, i) => (Numbers: line.Split(',')[1..].Select(Number).ToArray(), i)), each =>
        {
            Assert.InRange(each.Numbers[0], Load(each.i / 4) - 15, Load(each.i / 4) + 15);
            Assert.True(each.Numbers[1] <= each.Numbers[2]);
        });
    }

    [Fact]
    public async Task What_comes_at_or_after_the_origin_changes_nothing()
    {
        await using var place = new Workplace();
        WriteDaily(place, "whole.csv", days: 15);
        WriteDaily(place, "cut.csv", days: 14);

        var arguments = "--at 2026-01-19T00:00:00Z --horizon 3h --format csv";

        Assert.Equal(
            (await place.RunAsync($"forecast --trace cut.csv {arguments}")).ShouldBe(0).Output,
            (await place.RunAsync($"forecast --trace whole.csv {arguments}")).ShouldBe(0).Output);
    }

    [Fact]
    public void Not_even_the_distance_of_what_comes_after_the_origin_changes_anything()
    {
        var at = Start.AddDays(4);
        var request = new ForecastRequest("load.csv", at, TimeSpan.FromHours(6), Step: null, ["0.5", "0.95"]);
        for (var seed = 0; seed < 10; seed++)
        {
            var random = new Random(seed);
            var known = Points(Start, at, TimeSpan.FromMinutes(random.Next(20, 61)), random);
            var after = Points(at, at.AddDays(random.Next(1, 200)), TimeSpan.FromMinutes(random.Next(5, 120)), random);

            Assert.Equal(Text(TraceForecast.Of(known, request).Lines), Text(TraceForecast.Of([.. known, .. after], request).Lines));
        }

        static string[] Text(IEnumerable<ForecastLine> lines) => [.. lines.Select(line => $"{line.Timestamp:u} {line.Mean:R} {line.Quantiles["0.95"]:R}")];

        static List<LoadPoint> Points(DateTimeOffset from, DateTimeOffset to, TimeSpan step, Random random)
        {
            var points = new List<LoadPoint>();
            for (var time = from; time < to; time += step)
            {
                points.Add(new LoadPoint(time, 100 * random.NextDouble()));
            }

            return points;
        }
    }

    [Fact]
    public async Task A_gap_is_filled_and_told()
    {
        await using var place = new Workplace();
        place.Write("load.csv", "timestamp,value\n" + string.Join('\n', Enumerable.Range(0, 14 * 24)
            .Select(hour => FormattableString.Invariant($"{Start.AddHours(hour):yyyy-MM-ddTHH:mm:ssZ},{(hour is > 100 and < 110 ? "NaN" : $"{Load(hour)}")}"))));

        var run = (await place.RunAsync("forecast --trace load.csv --horizon 2h --step 1h --format json")).ShouldBe(0);

        Assert.Contains("of 336 steps 9 had no value and were filled", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, run.Json().GetArrayLength());
        Assert.True(run.Json()[0].GetProperty("quantiles").GetProperty("0.95").GetDouble() > 0);
    }

    [Fact]
    public async Task Recordings_are_scored_beside_the_naive_forecasts()
    {
        await using var place = new Workplace();
        WriteDaily(place, "set/one.csv", days: 20);
        WriteDaily(place, "set/short.csv", days: 2);

        var run = (await place.RunAsync("forecast --evaluate --traces set --format csv")).ShouldBe(0);

        Assert.Equal("trace,grid_s,train_days,method,horizon,origin_set,n_origins,mase,smape,wape,pinball95,cover95,seconds", run.Lines[0]);
        Assert.Equal(
            ["scalefunctions,1h", "scalefunctions,24h", "snaive_day,1h", "snaive_day,24h", "snaive_week,1h", "snaive_week,24h", "naive,1h", "naive,24h"],
            run.Lines.Skip(1).Select(line => string.Join(',', line.Split(',')[3..5])));
        Assert.All(run.Lines.Skip(1), line => Assert.StartsWith("one,3600,14,", line, StringComparison.Ordinal));
        Assert.Contains("short is too short", run.Error, StringComparison.Ordinal);

        var table = (await place.RunAsync("forecast --evaluate --traces set --shift 0.5 --format markdown")).ShouldBe(0);
        Assert.Contains(table.Lines, line => line.StartsWith("| scalefunctions | 24h | 1 |", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "--trace FILE", "--evaluate")]
    [InlineData("--evaluate", "--traces DIR")]
    [InlineData("--evaluate --traces nowhere", "nowhere does not exist")]
    [InlineData("--evaluate --traces policies", "policies holds no CSV file")]
    [InlineData("--trace nowhere.csv", "nowhere.csv", "does not exist", "timestamp,value")]
    [InlineData("--trace policies", "policies", "directory")]
    [InlineData("--trace load.csv --at yesterday", "'yesterday'", "2026-01-05T08:30")]
    [InlineData("--trace load.csv --at 2026-01-05T02:00:00Z", "load.csv", "8 steps")]
    [InlineData("--trace load.csv --at 2020-01-01T00:00:00Z", "load.csv", "no value in the 14 days")]
    [InlineData("--trace load.csv --at 2026-02-01T00:00:00Z", "load.csv", "no value in the 14 days")]
    [InlineData("--trace load.csv --horizon 1000d", "--horizon", "28 days")]
    [InlineData("--trace load.csv --step 7m", "--step", "divides a day")]
    [InlineData("--trace load.csv --step 1d", "--step", "1m to 1h")]
    [InlineData("--trace load.csv --quantiles 0.5,2", "'2'", "--quantiles", "between 0 and 1")]
    [InlineData("--trace load.csv --format xml", "'xml'", "table, json, markdown or csv")]
    [InlineData("--trace load.csv --shift 2", "'2'", "--shift")]
    [InlineData("--trace broken.csv", "broken.csv:3", "'lots'", "expected a number")]
    [InlineData("--trace back.csv", "back.csv:3", "expected a time after")]
    [InlineData("--trace empty.csv", "empty.csv:1", "no rows")]
    [InlineData("--trace one.csv", "one.csv", "8 steps")]
    [InlineData("--trace huge.csv", "huge.csv:3", "'1e308'", "1e+100")]
    public async Task What_cannot_be_forecast_is_told(string arguments, params string[] words)
    {
        await using var place = new Workplace();
        WriteDaily(place, "load.csv", days: 10);
        place.Write("broken.csv", "timestamp,value\n2026-01-05T00:00:00Z,1\n2026-01-05T01:00:00Z,lots\n");
        place.Write("back.csv", "timestamp,value\n2026-01-05T01:00:00Z,1\n2026-01-05T00:00:00Z,1\n");
        place.Write("huge.csv", "timestamp,value\n2026-01-05T00:00:00Z,1\n2026-01-05T01:00:00Z,1e308\n");
        place.Write("empty.csv", "timestamp,value\n");
        place.Write("one.csv", "timestamp,value\n2026-01-05T01:00:00Z,1\n");

        (await place.RunAsync(["forecast", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)])).ShouldRefuse(words);
    }

    private static void WriteDaily(Workplace place, string file, int days) => place.Write(file, "timestamp,value\n" + string.Join('\n', Enumerable.Range(0, days * 24)
        .Select(hour => FormattableString.Invariant($"{Start.AddHours(hour):yyyy-MM-ddTHH:mm:ssZ},{Load(hour) + (hour * 7 % 5)}"))));

    private static double Load(int hour) => 100 + (40 * Math.Sin(2 * Math.PI * hour / 24));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
