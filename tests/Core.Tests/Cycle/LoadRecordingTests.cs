using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Cycle;

public sealed class LoadRecordingTests
{
    [Fact]
    public void A_mean_and_its_samples_are_instances_needed()
    {
        // Five samples an instance: 20 of four instances at 40 % need two at 80 %.
        MetricPoint[] points = [new(Some.At(0), 40, 20), new(Some.At(5), 80, 5), new(Some.At(10), 0, 20)];

        Assert.Equal([(Some.At(0), 2.0), (Some.At(5), 1), (Some.At(10), 0)], LoadRecording.Needed(points, 80).Select(point => (point.At, point.Value)));
    }

    [Fact]
    public void What_does_not_say_of_how_many_instances_it_is_tells_no_load() =>
        Assert.Empty(LoadRecording.Needed([new(Some.At(0), 40, null), new(Some.At(5), null, 5), new(Some.At(10), double.NaN, 5)], 80));

    [Fact]
    public void The_days_asked_for_end_where_every_sample_has_come()
    {
        var request = LoadRecording.Request(Some.Signal(), Some.Target(), 30, Some.At(3));

        Assert.Equal((Some.At(-10), Some.At(-10).AddDays(-30), TimeSpan.FromMinutes(5)), (request.To, request.From, request.Grain));
        Assert.Equal([MonitoredResource.Of(Some.Target())], request.Resources);
    }

    [Fact]
    public void A_total_and_what_is_no_metric_tell_no_load_of_processors()
    {
        Assert.True(LoadRecording.Tells(Some.Signal()));
        Assert.False(LoadRecording.Tells(Some.Signal() with { From = Some.Metric(aggregation: MetricAggregation.Total) }));
        Assert.False(LoadRecording.Tells(Some.Calculated("cpu")));
    }
}
