namespace ScaleFunctions.Core.Limits;

/// <summary>What Azure says of a size in a region, to one subscription.</summary>
/// <param name="Name">For example <c>Standard_D4s_v5</c>.</param>
/// <param name="Family">Whose quota it counts for, for example <c>standardDSv5Family</c>.</param>
/// <param name="Cores">Virtual processors of an instance.</param>
public sealed record SizeOffer(string Name, string Family, int Cores)
{
    /// <summary>Memory of an instance in GiB; absent when Azure does not say.</summary>
    public double? MemoryGiB { get; init; }

    /// <summary>Why the subscription gets none in the region, as Azure's code; absent when it does.</summary>
    public string? WhyNot { get; init; }

    /// <summary>Zones in which it gets none.</summary>
    public IReadOnlyList<string> ClosedZones { get; init; } = [];

    /// <summary>Capabilities as Azure names them, for example <c>PremiumIO</c>: <c>True</c>.</summary>
    public IReadOnlyDictionary<string, string> Capabilities { get; init; } = new Dictionary<string, string>();
}
