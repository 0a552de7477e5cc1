using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Decisions.Rightsizing;

/// <summary>The worked examples that VPA documents beside its recommender.</summary>
public sealed class HistoryConfidenceTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(12, 3)]
    [InlineData(24, 2)]
    [InlineData(7 * 24, 1.14)]
    public void The_upper_bound_is_wide_until_there_is_a_history(double hours, double factor) =>
        Assert.Equal(factor, HistoryConfidence.Upper(Of(hours * 60)), 2);

    [Theory]
    [InlineData(5, 0.6)]
    [InlineData(30, 0.9)]
    public void The_lower_bound_soon_is_narrow(double minutes, double factor) =>
        Assert.Equal(factor, HistoryConfidence.Lower(Of(minutes)), 1);

    [Fact]
    public void Without_a_history_nothing_is_too_large_nor_too_small()
    {
        Assert.Equal(double.PositiveInfinity, HistoryConfidence.Upper(0));
        Assert.Equal(0, HistoryConfidence.Lower(0));
    }

    /// <summary>Of 7 days with half of the minutes missing 3.5 are left; samples of an hour stand for 60 minutes each.</summary>
    [Fact]
    public void Gaps_count_as_missing()
    {
        Assert.Equal(3.5, HistoryConfidence.Of(Some.Noon.AddDays(-7), Some.Noon, 7 * 720, Minute), 3);
        Assert.Equal(7, HistoryConfidence.Of(Some.Noon.AddDays(-7), Some.Noon - TimeSpan.FromHours(1), 168, TimeSpan.FromHours(1)), 3);
    }

    private static double Of(double minutes) => HistoryConfidence.Of(Some.Noon.AddMinutes(-minutes), Some.Noon - Minute, (int)minutes, Minute);
}
