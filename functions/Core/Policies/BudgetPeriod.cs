namespace ScaleFunctions.Core.Policies;

/// <summary>How long an amount has to last. Azure bills by days of UTC, so that these begin and end at midnights of UTC.</summary>
public enum BudgetPeriod
{
    Month,

    /// <summary>From the first of January, April, July or October.</summary>
    Quarter,

    Year,
}
