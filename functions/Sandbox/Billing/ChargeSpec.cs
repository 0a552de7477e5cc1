namespace ScaleFunctions.Sandbox.Billing;

/// <summary>What is billed and is no instance: a service without a price here, a credit, a purchase.</summary>
/// <param name="Subscription">Id of the subscription.</param>
/// <param name="Meter">What is billed, for people.</param>
/// <param name="Dollars">USD a day; below zero for a credit.</param>
public sealed record ChargeSpec(string Subscription, string Meter, decimal Dollars)
{
    /// <summary>Id of the resource; empty for what is billed without one.</summary>
    public string Resource { get; init; } = "";

    public string ResourceGroup { get; init; } = "";

    public string Service { get; init; } = "Other";

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The first day.</summary>
    public DateOnly First { get; init; } = DateOnly.MinValue;

    /// <summary>The last day.</summary>
    public DateOnly Last { get; init; } = DateOnly.MaxValue;

    /// <summary><c>Usage</c>, <c>Purchase</c> or <c>Refund</c>.</summary>
    public string Type { get; init; } = DayCharge.Usage;

    internal bool Holds(DateOnly day) => day >= First && day <= Last;
}
