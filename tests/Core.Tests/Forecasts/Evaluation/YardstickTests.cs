using System.Globalization;
using System.Runtime.CompilerServices;
using ScaleFunctions.Core.Forecasts;
using ScaleFunctions.Core.Forecasts.Evaluation;
using ScaleFunctions.Core.Signals.Traces;

namespace ScaleFunctions.Core.Tests.Forecasts.Evaluation;

/// <summary>Where the recorded series and the yardstick's table lie beside the repository, the protocol must give the table's numbers.</summary>
public sealed class YardstickTests
{
    // The table has four digits after the point, and means of rounded scores.
    private const double Rounding = 0.0002;

    private static string Shared { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "..", "..", "shared"));

    [Theory]
    [InlineData("snaive_day")]
    [InlineData("snaive_week")]
    [InlineData("naive")]
    public void A_naive_method_scores_as_in_the_table(string name)
    {
        var expected = Table().Where(row => row[3] == name && row[5] == "eight").ToDictionary(row => (row[0], row[4]));
        var method = NaiveMethod.All.Single(each => each.Name == name);

        var rows = Series().SelectMany(series => ForecastEvaluation.Rows(series, method, TimeProvider.System)).ToArray();

        Assert.Equal(expected.Count, rows.Length);
        Assert.All(rows, row =>
        {
            var line = expected[(row.Trace, row.Horizon)];
            Assert.Equal((line[1], line[2], line[6]), ($"{row.GridSeconds}", $"{row.TrainingDays}", $"{row.Origins}"));
            double[] scores = [row.Score.Mase, row.Score.Smape, row.Score.Wape, row.Score.Pinball, row.Score.Coverage];
            Assert.All(scores.Zip(line.Skip(7).Take(5)), pair => Assert.Equal(double.Parse(pair.Second, CultureInfo.InvariantCulture), pair.First, Rounding));
        });
    }

    [Fact]
    public void The_combination_reaches_what_is_asked()
    {
        var rows = Series().SelectMany(series => ForecastEvaluation.Rows(series, new CombinedMethod("scalefunctions"), TimeProvider.System)).ToLookup(row => row.Horizon);

        Assert.Equal((12, 12), (rows["24h"].Count(), rows["1h"].Count()));
        Assert.InRange(rows["24h"].Average(row => row.Score.Mase), 0, 0.92);
        Assert.InRange(rows["1h"].Average(row => row.Score.Mase), 0, 0.61);
        Assert.InRange(rows["24h"].Average(row => row.Score.Pinball), 0, 0.050);
        Assert.InRange(rows["1h"].Average(row => row.Score.Pinball), 0, 0.036);
        Assert.InRange(rows["24h"].Average(row => row.Score.Coverage), 0.94, 0.97);
        Assert.InRange(rows["24h"].Count(row => row.Score.Coverage >= 0.90), 11, 12);
    }

    private static IEnumerable<EvaluationSeries> Series()
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Shared, "traces")), "the recorded series are not beside the repository");
        return Directory.GetFiles(Path.Combine(Shared, "traces"), "*.csv").Order(StringComparer.Ordinal).Select(file =>
            EvaluationSeries.From(
                Path.GetFileNameWithoutExtension(file),
                [.. TraceText.Read(File.ReadAllText(file), file, TraceRule.Measured).Select(point => new LoadPoint(point.At, point.Value))]));
    }

    private static IEnumerable<string[]> Table()
    {
        var file = Path.Combine(Shared, "yardstick", "forecast-baselines.csv");
        Assert.SkipUnless(File.Exists(file), "the yardstick is not beside the repository");
        return File.ReadLines(file).Skip(1).Select(line => line.Split(','));
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
