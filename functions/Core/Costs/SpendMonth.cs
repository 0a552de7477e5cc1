namespace ScaleFunctions.Core.Costs;

/// <summary>Months as Azure bills them.</summary>
public static class SpendMonth
{
    /// <summary>The month of a moment. A month begins at midnight of UTC, so that in Zurich the first hours of the first still belong to the month before.</summary>
    public static SpendPeriod Of(DateTimeOffset moment) => Of(SpendDay.DayOf(moment));

    /// <summary>The month that a day is in.</summary>
    public static SpendPeriod Of(DateOnly day)
    {
        var first = new DateOnly(day.Year, day.Month, 1);
        return new SpendPeriod(first, first.AddMonths(1));
    }
}
