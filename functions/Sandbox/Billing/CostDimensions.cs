namespace ScaleFunctions.Sandbox.Billing;

/// <summary>What costs can be grouped and filtered by.</summary>
internal static class CostDimensions
{
    private static readonly Dictionary<string, Func<DayCharge, string>> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ResourceId"] = charge => charge.Resource.ToLowerInvariant(),
        ["ResourceGroup"] = charge => charge.ResourceGroup.ToLowerInvariant(),
        ["ResourceGroupName"] = charge => charge.ResourceGroup.ToLowerInvariant(),
        ["ResourceLocation"] = charge => charge.Region,
        ["SubscriptionId"] = charge => charge.Subscription,
        ["ServiceName"] = charge => charge.Service,
        ["MeterCategory"] = charge => charge.Service,
        ["Meter"] = charge => charge.Meter,
        ["ChargeType"] = charge => charge.Type,
        ["BenefitName"] = charge => charge.Benefit,
    };

    public static Func<DayCharge, string>? Find(string name) => Known.GetValueOrDefault(name);
}
