using System.Text.Json.Nodes;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>A simulated resource without a capacity, as people leave them behind: it costs, and does nothing. Resource Graph lists it.</summary>
public abstract record IdleSpec
{
    public required TargetId Id { get; init; }

    /// <summary>Azure region name in lower case without blanks.</summary>
    public string Region { get; init; } = "westeurope";

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Id of what uses it; absent when nothing does.</summary>
    public string? UsedBy { get; init; }

    /// <summary>The name of its <c>sku</c>.</summary>
    internal abstract string SkuName { get; }

    /// <summary>What Azure puts into <c>managedBy</c>: disks alone name there who uses them.</summary>
    internal virtual string ManagedBy => "";

    /// <summary>Name of the meter in the price list; absent for what costs nothing.</summary>
    internal abstract string? Meter { get; }

    /// <summary>Units of the meter it takes: of the month for storage, each hour for the rest.</summary>
    internal virtual decimal Units => 1;

    /// <summary>Its <c>properties</c>, as far as anything asks for them.</summary>
    internal abstract JsonObject Properties();

    private protected static TargetId Of(string subscription, string resourceGroup, string type, string name) =>
        TargetId.Parse($"/subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/{type}/{name}");

    private protected static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("O");
}
