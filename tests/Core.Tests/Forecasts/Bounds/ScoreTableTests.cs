using ScaleFunctions.Core.Forecasts.Bounds;

namespace ScaleFunctions.Core.Tests.Forecasts.Bounds;

public sealed class ScoreTableTests
{
    /// <summary>
    /// With 99 scores of which 50 are independent, 0.95 becomes 0.95 + 0.45 · 2 / 50 = 0.968, the 96.8th of 100 ranks, so the 97th score.
    /// </summary>
    [Theory]
    [InlineData(0.95, 97)]
    [InlineData(0.05, 3)]
    [InlineData(0.5, 50)]
    [InlineData(0.999, 99)]
    public void A_rank_is_widened_for_what_is_finite_and_rounded_outward(double quantile, double expected)
    {
        var table = ScoreTable.From(BoundScale.Even, [.. Enumerable.Range(1, 99).Select(i => (double)i).Reverse()], independent: 50);

        Assert.Equal(expected, table.At(quantile));
    }

    [Fact]
    public void Beyond_what_was_seen_the_largest_error_to_either_side_counts()
    {
        var table = ScoreTable.From(BoundScale.Even, [-9, -4, -2], independent: 2);

        Assert.Equal((-9, 9), (table.At(0.05), table.At(0.95)));
    }

    [Fact]
    public void Of_many_scores_evenly_spaced_ranks_and_both_ends_are_kept()
    {
        var table = ScoreTable.From(BoundScale.Even, [.. Enumerable.Range(0, 10_000).Select(i => (double)i)], independent: 1e9);

        Assert.Equal((256, 0, 9_999), (table.Scores.Length, table.Scores[0], table.Scores[^1]));
        Assert.InRange(table.At(0.95), 9_500, 9_600);
    }
}
