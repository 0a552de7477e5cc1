namespace ScaleFunctions.Sandbox.Estates;

/// <summary>Instances that were paid for in advance, for a year or three.</summary>
/// <param name="Name">For people.</param>
/// <param name="Sku">The size: <c>Standard_D4s_v5</c>.</param>
/// <param name="Region">Where.</param>
/// <param name="Quantity">How many.</param>
/// <param name="EndsOn">Its last day; from the next on Azure lists it as expired.</param>
public sealed record ReservationSpec(string Name, string Sku, string Region, int Quantity, DateOnly EndsOn)
{
    /// <summary>Whether other sizes of its flexibility group, which is its series, share in it by their ratio.</summary>
    public bool IsFlexible { get; init; } = true;

    /// <summary>Ids of the subscriptions or groups it counts for; of all when empty.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];
}
