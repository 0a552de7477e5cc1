namespace ScaleFunctions.Core.Advisories;

/// <summary>Capacity that was paid in advance: what it covers costs nothing more, and giving it up saves nothing.</summary>
/// <param name="Name">For people.</param>
/// <param name="Sku">Size it is for; others of its family may share in it.</param>
/// <param name="Region">Region it is for, in lower case without blanks; empty for those of none.</param>
/// <param name="Quantity">How many.</param>
/// <param name="EndsOn">Its last day; absent when Azure does not say.</param>
public sealed record Reservation(string Name, string Sku, string Region, int Quantity, DateOnly? EndsOn)
{
    /// <summary>Ids of the subscriptions and groups it counts for; empty when it is shared by all.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Whether other sizes of its family share in it.</summary>
    public bool IsFlexible { get; init; }
}
