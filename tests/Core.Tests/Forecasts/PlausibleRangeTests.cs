using ScaleFunctions.Core.Forecasts;

namespace ScaleFunctions.Core.Tests.Forecasts;

public sealed class PlausibleRangeTests
{
    /// <summary>Before the first origin values lie in 10 to 20, before the second in 10 to 40.</summary>
    [Fact]
    public void A_path_stays_within_half_a_range_of_what_was_seen_before_its_origin()
    {
        var window = new SeriesWindow([10, 20, 15, 40, 12], period: 1, stepsPerDay: 24, horizon: 3);
        double[][] paths = [[-50, 18, 900], [-50, 18, 900]];

        PlausibleRange.Limit(window, [3, 5], paths);

        Assert.Equal([5, 18, 25], paths[0]);
        Assert.Equal([0, 18, 55], paths[1]);
    }

    [Fact]
    public void A_load_that_was_negative_may_be_so_again()
    {
        double[][] paths = [[-50, 50]];

        PlausibleRange.Limit(new SeriesWindow([-10, 10], 1, 24, 2), [2], paths);

        Assert.Equal([-20, 20], paths[0]);
    }
}
