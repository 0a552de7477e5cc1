using System.Text.Json;
using CsCheck;
using ScaleFunctions.Adapters.Metrics;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Tests.Metrics;

public sealed class MetricBatchAnswerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly MetricRequest Request = new([], new MetricSelector { Name = "Percentage CPU" }, Noon, Noon.AddMinutes(5));
    private static readonly TargetId Web =
        TargetId.Parse("/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/web");

    [Theory]
    [InlineData("""{"average":41.5,"count":4}""", 41.5, 4.0)]
    [InlineData("""{"average":0,"count":0}""", 0.0, 0.0)]
    [InlineData("""{"count":4}""", null, 4.0)]
    [InlineData("""{"average":null,"count":null}""", null, null)]
    [InlineData("""{"average":1e400,"count":1e-400}""", null, 0.0)]
    [InlineData("""{"average":-1e400,"count":-1}""", null, null)]
    [InlineData("""{"average":-0.001,"count":4}""", null, 4.0)]
    [InlineData("""{"average":"NaN","count":"4"}""", null, null)]
    [InlineData("""{"average":"Infinity","count":{}}""", null, null)]
    [InlineData("""{"average":[1],"count":true}""", null, null)]
    public void Only_finite_numbers_that_are_not_negative_are_passed_on(string numbers, double? average, double? count)
    {
        var point = Assert.Single(Points($$"""[{"timeStamp":"2026-11-23T12:01:00Z",{{numbers[1..]}}]"""));

        Assert.Equal(new MetricPoint(Noon.AddMinutes(1), average, count), point);
    }

    [Theory]
    [InlineData("""{"average":1}""")]
    [InlineData("""{"timeStamp":null,"average":1}""")]
    [InlineData("""{"timeStamp":7,"average":1}""")]
    [InlineData("""{"timeStamp":"yesterday","average":1}""")]
    [InlineData("""{"timeStamp":"0001-01-01T00:00:00Z","average":1}""")]
    [InlineData("""{"timeStamp":"2026-11-23T11:59:00Z","average":1}""")]
    [InlineData("""{"timeStamp":"2026-11-23T12:05:00Z","average":1}""")]
    [InlineData("""{"timeStamp":"2036-11-23T12:01:00Z","average":1}""")]
    [InlineData("""{"timeStamp":"99999-11-23T12:01:00Z","average":1}""")]
    [InlineData("null")]
    [InlineData("7")]
    public void A_grain_that_cannot_be_placed_in_the_span_is_dropped_alone(string grain)
    {
        var point = Assert.Single(Points($$"""[{{grain}},{"timeStamp":"2026-11-23T12:02:00Z","average":2}]"""));

        Assert.Equal(Noon.AddMinutes(2), point.At);
    }

    [Theory]
    [InlineData("2026-11-23T12:01:00Z")]
    [InlineData("2026-11-23T12:01:00.0000000+00:00")]
    [InlineData("2026-11-23T13:01:00+01:00")]
    [InlineData("2026-11-23T12:01:00")]
    public void Times_are_read_in_universal_time(string time) =>
        Assert.Equal(Noon.AddMinutes(1), Assert.Single(Points($$"""[{"timeStamp":"{{time}}","average":2}]""")).At);

    [Fact]
    public void No_time_series_is_no_data_and_not_a_failure() =>
        Assert.Empty(Assert.IsType<MetricSeries.Received>(Metric("""{"name":{"value":"percentage cpu"},"timeseries":[]}""")).Points);

    [Theory]
    [InlineData("""{"name":{"value":"Other"},"timeseries":[]}""")]
    [InlineData("""{"timeseries":[]}""")]
    [InlineData("""{"name":"Percentage CPU","timeseries":[]}""")]
    [InlineData("""{"name":{"value":"Percentage CPU"}}""")]
    [InlineData("""{"name":{"value":"Percentage CPU"},"timeseries":{}}""")]
    [InlineData("""{"name":{"value":"Percentage CPU"},"timeseries":[{}]}""")]
    [InlineData("""{"name":{"value":"Percentage CPU"},"timeseries":[null]}""")]
    [InlineData("""{"name":{"value":"Percentage CPU"},"timeseries":[{"data":[]},{"data":[]}]}""")]
    [InlineData("""{"name":{"value":"Percentage CPU"},"timeseries":[],"errorCode":"Throttled","errorMessage":"slow down"}""")]
    [InlineData("null")]
    public void An_answer_that_does_not_say_is_a_failure_and_never_a_zero(string metric) =>
        Assert.IsType<MetricSeries.Failed>(Metric(metric));

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"values":7}""")]
    public void What_is_no_batch_answer_is_refused(string body)
    {
        using var document = JsonDocument.Parse(body);

        Assert.Throws<JsonException>(() => MetricBatchAnswer.Read(document.RootElement, Request));
    }

    [Fact]
    public void Grains_of_another_length_are_a_failure()
    {
        var series = Read($$"""{"values":[{"resourceid":"{{Web}}","interval":"PT5M","value":[{"name":{"value":"Percentage CPU"},"timeseries":[]}]}]}""");

        Assert.Contains("PT5M", Assert.IsType<MetricSeries.Failed>(series[Web]).Reason);
    }

    [Fact]
    public void Two_answers_for_one_resource_are_a_failure()
    {
        const string value = """
            "value":[{"name":{"value":"Percentage CPU"},"timeseries":[]}]
            """;

        Assert.IsType<MetricSeries.Failed>(Read($$"""{"values":[{"resourceid":"{{Web}}",{{value}}},{"resourceid":"{{Web.Key}}",{{value}}}]}""")[Web]);
    }

    [Fact]
    public void Resources_without_an_id_are_nobody_s() => Assert.Empty(Read("""{"values":[{"value":[]},null,7,{"resourceid":"x"}]}"""));

    [Fact]
    public void However_an_answer_is_damaged_no_impossible_number_comes_out()
    {
        var good = $$"""
            {"values":[{"resourceid":"{{Web}}","interval":"PT1M","value":[{"name":{"value":"Percentage CPU"},"errorCode":"Success","timeseries":[
            {"data":[{"timeStamp":"2026-11-23T12:01:00Z","average":41.5e1,"count":4},{"timeStamp":"2026-11-23T12:02:00Z","average":null}]}]}]}]}
            """;
        const string letters = "-e9{}[]\",:0nulNaIfty";
        var letter = Gen.Int[0, letters.Length - 1].Select(index => letters[index]);
        var damage = Gen.Select(Gen.Int[0, good.Length - 1], Gen.Int[0, 3], Gen.String[letter, 0, 3]);

        damage.Array[1, 3].Sample(
            cuts =>
            {
                var text = cuts.Aggregate(good, (body, cut) => Damage(body, cut));
                try
                {
                    Assert.All(
                        Read(text).Values.OfType<MetricSeries.Received>().SelectMany(series => series.Points),
                        point => Assert.True((point.Value ?? 0) is >= 0 and <= double.MaxValue && (point.Count ?? 0) is >= 0 and <= double.MaxValue));
                }
                catch (JsonException)
                {
                    // Damage that was noticed.
                }
            },
            iter: 5000);

        static string Damage(string body, (int At, int Length, string Insert) cut)
        {
            var at = Math.Min(cut.At, body.Length);
            return body.Remove(at, Math.Min(cut.Length, body.Length - at)).Insert(at, cut.Insert);
        }
    }

    private static IReadOnlyList<MetricPoint> Points(string data) =>
        Assert.IsType<MetricSeries.Received>(
            Metric($$"""{"name":{"value":"Percentage CPU"},"timeseries":[{"data":{{data}}}],"errorCode":"Success"}""")).Points;

    private static MetricSeries Metric(string metric) =>
        Read($$"""{"values":[{"resourceid":"{{Web}}","interval":"PT1M","value":[{{metric}}]}]}""")[Web];

    private static Dictionary<TargetId, MetricSeries> Read(string body)
    {
        using var document = JsonDocument.Parse(body);
        return MetricBatchAnswer.Read(document.RootElement, Request).ToDictionary(each => TargetId.Parse(each.Key), each => each.Value);
    }
}
