namespace ScaleFunctions.Sandbox.Billing;

/// <summary>What is billed for a resource and a meter on a day of UTC, in USD, hour by hour.</summary>
internal sealed record DayCharge
{
    public const string Usage = "Usage";
    public const string Purchase = "Purchase";
    public const string Unused = "UnusedReservation";
    public const int Hours = 24;

    public required DateOnly Day { get; init; }

    public required string Subscription { get; init; }

    public string ResourceGroup { get; init; } = "";

    /// <summary>Id; empty for what is billed without a resource.</summary>
    public string Resource { get; init; } = "";

    public string Region { get; init; } = "";

    public required string Service { get; init; }

    public required string Meter { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public string Type { get; init; } = Usage;

    /// <summary>Name of the reservation that pays for it; empty without one.</summary>
    public string Benefit { get; init; } = "";

    public required IReadOnlyList<decimal> Actual { get; init; }

    /// <summary>With what reservations cost spread over what uses them.</summary>
    public required IReadOnlyList<decimal> Amortized { get; init; }

    public required IReadOnlyList<decimal> Quantity { get; init; }

    /// <summary>The same every hour.</summary>
    public static IReadOnlyList<decimal> Spread(decimal day) => [.. Enumerable.Repeat(day / Hours, Hours)];

    /// <summary>All of it in the first hour.</summary>
    public static IReadOnlyList<decimal> AtOnce(decimal day) => [day, .. Enumerable.Repeat(0m, Hours - 1)];
}
