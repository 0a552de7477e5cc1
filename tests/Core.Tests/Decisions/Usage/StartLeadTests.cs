using ScaleFunctions.Core.Decisions.Usage;

namespace ScaleFunctions.Core.Tests.Decisions.Usage;

public sealed class StartLeadTests
{
    /// <summary>The table of the type.</summary>
    [Fact]
    public void Is_what_95_of_100_starts_do_not_exceed()
    {
        Assert.Equal(10, Minutes());
        Assert.Equal(10, Minutes(4, 4, 4));
        Assert.Equal(13, Minutes(4, 12));
        Assert.Equal(7, Minutes([.. Enumerable.Repeat(6.0, 19), 55]));
        Assert.Equal(56, Minutes([.. Enumerable.Repeat(6.0, 18), 55, 55]));
        Assert.Equal(31, Minutes([.. Enumerable.Repeat(30.0, 20)]));
        Assert.Equal(10, Minutes(double.NaN, -5, double.PositiveInfinity));
    }

    private static double Minutes(params double[] starts) => StartLead.Of([.. starts.Select(start => 60 * start)]).TotalMinutes;
}
