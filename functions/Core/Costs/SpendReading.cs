namespace ScaleFunctions.Core.Costs;

/// <summary>What a scope has spent in a period, and what it is likely to have spent at its end.</summary>
public abstract record SpendReading
{
    private SpendReading()
    {
    }

    /// <summary>All amounts are in one currency.</summary>
    public sealed record Known : SpendReading
    {
        /// <summary>ISO 4217 code of all amounts here.</summary>
        public required string Currency { get; init; }

        /// <summary>Billed from the start of the period to the end of <see cref="BilledThrough"/>.</summary>
        public required decimal Billed { get; init; }

        /// <summary>The last day of which the bill is used; absent when none is.</summary>
        public DateOnly? BilledThrough { get; init; }

        /// <summary>Counted since then from instances and prices, corrected by what bills said of it before.</summary>
        public required decimal Counted { get; init; }

        /// <summary>Since then, for what has no price: extrapolated from what was billed for it a day.</summary>
        public required decimal Extrapolated { get; init; }

        /// <summary>Part of the spend, from 0 to 1, that the fast clock can count, as far as it has since the bill and does now.</summary>
        public required double Coverage { get; init; }

        /// <summary>Spend of the whole period as likely to be passed as not.</summary>
        public required decimal EndP50 { get; init; }

        /// <summary>Spend of the whole period that is passed once in ten times.</summary>
        public required decimal EndP90 { get; init; }

        /// <summary>Spent on each day of the period from its first one on, as billed, counted or extrapolated; the last one is today, so far. Their sum is <see cref="SoFar"/>.</summary>
        public IReadOnlyList<decimal> ByDay { get; init; } = [];

        /// <summary>What the end was forecast by, for people.</summary>
        public string EndBy { get; init; } = "";

        /// <summary>Spent in the period so far.</summary>
        public decimal SoFar => Billed + Counted + Extrapolated;
    }

    /// <param name="Why">For people: what is not known, and what mends it.</param>
    public sealed record Missing(string Why) : SpendReading;
}
