using ScaleFunctions.Core.Costs;

namespace ScaleFunctions.Core.Tests.Costs;

public sealed class SpendMonthTests
{
    /// <summary>From Baker Island to Kiritimati: the same moment is in the same month, that of UTC.</summary>
    [Theory]
    [InlineData("2026-03-31T23:59:59Z", 3)]
    [InlineData("2026-04-01T00:00:00Z", 4)]
    [InlineData("2026-12-31T23:59:59Z", 12)]
    [InlineData("2028-02-29T12:00:00Z", 2)]
    public void A_month_ends_for_everybody_at_midnight_of_utc(string moment, int month)
    {
        for (var offset = -12; offset <= 14; offset++)
        {
            var local = DateTimeOffset.Parse(moment, null).ToOffset(TimeSpan.FromHours(offset));
            var period = SpendMonth.Of(local);

            Assert.Equal((month, 1), (period.Start.Month, period.Start.Day));
            Assert.Equal(period.Start.AddMonths(1), period.End);
            Assert.True(SpendDay.StartOf(period.Start) <= local && local < SpendDay.StartOf(period.End));
        }
    }
}
