namespace ScaleFunctions.Sandbox.Estates;

/// <summary>A subscription of the large estate.</summary>
/// <param name="Number">Unique.</param>
/// <param name="Environment">What runs there.</param>
/// <param name="ManagementGroups">Those above it, the nearest first, without the tenant's.</param>
internal sealed record LargeEstateSubscription(int Number, string Environment, IReadOnlyList<string> ManagementGroups)
{
    public string Id => $"00000000-0000-4000-8000-{Number:x12}";
}
