using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Prices;

/// <summary>What a price is asked for: one instance of a size in a region.</summary>
/// <param name="ResourceType">In lower case, for example <c>microsoft.compute/virtualmachinescalesets</c>.</param>
/// <param name="Sku">Size name as the resource has it, for example <c>Standard_D4s_v5</c> or <c>P1v3</c>.</param>
/// <param name="Region">In lower case without blanks, for example <c>westeurope</c>.</param>
/// <param name="Terms">How it is billed; absent when nobody knows, and then there is no price.</param>
public sealed record PriceQuery(string ResourceType, string Sku, string Region, BillingTerms? Terms)
{
    public static PriceQuery Of(ObservedTarget target) => new(
        target.Id.ResourceType.ToLowerInvariant(), target.Sku, target.Region.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant(),
        target.Billing);
}
