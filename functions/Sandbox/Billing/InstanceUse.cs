using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Prices;

namespace ScaleFunctions.Sandbox.Billing;

/// <summary>Instance-hours of a resource on a size, hour by hour of a day, and what of them reservations paid for.</summary>
internal sealed record InstanceUse(ResourceSpec Spec, string Size, PriceRow Price)
{
    public decimal[] Hours { get; } = new decimal[DayCharge.Hours];

    /// <summary>Instance-hours that a reservation covers.</summary>
    public decimal[] Covered { get; } = new decimal[DayCharge.Hours];

    /// <summary>What the covered ones cost when the reservation is spread over them, in USD.</summary>
    public decimal[] Spread { get; } = new decimal[DayCharge.Hours];

    public string Benefit { get; set; } = "";
}
