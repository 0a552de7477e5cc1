namespace ScaleFunctions.Core.Spending;

/// <summary>What was saved in a month of UTC.</summary>
public sealed record SavingsStatement
{
    /// <summary>Beyond it lines are only in the sums.</summary>
    public const int MostLines = 200;

    /// <summary>First day, and the day after the last one.</summary>
    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>ISO 4217 code of all amounts.</summary>
    public required string Currency { get; init; }

    /// <summary>What has an amount: the sum of all as they are printed, in hundredths, so that whoever adds them up finds the same.</summary>
    public required decimal Total { get; init; }

    /// <summary>The part of it that is reconciled with the bill.</summary>
    public required decimal Reconciled { get; init; }

    public required int Actions { get; init; }

    public required int NotPriced { get; init; }

    /// <summary>The largest first.</summary>
    public required IReadOnlyList<SavedAction> Lines { get; init; }

    public static SavingsStatement Of(Costs.SpendPeriod period, string currency, IReadOnlyList<SavedAction> saved, DateTimeOffset now) => new()
    {
        From = period.Start,
        To = period.End,
        At = now,
        Currency = currency,
        Total = saved.Sum(Printed),
        Reconciled = saved.Where(each => each.Confidence == SavingConfidence.Reconciled).Sum(Printed),
        Actions = saved.Count,
        NotPriced = saved.Count(each => each.Confidence == SavingConfidence.NotPriced),
        Lines = [.. saved.OrderByDescending(each => each.Amount ?? 0).ThenBy(each => each.Resource, StringComparer.Ordinal).ThenBy(each => each.From).Take(MostLines)],
    };

    private static decimal Printed(SavedAction saved) => decimal.Round(saved.Amount ?? 0, 2, MidpointRounding.AwayFromZero);
}
