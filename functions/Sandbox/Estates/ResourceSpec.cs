using System.Text.Json;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>One simulated resource with a capacity, whatever its type.</summary>
public abstract record ResourceSpec
{
    public required TargetId Id { get; init; }

    /// <summary>The load on the service it runs.</summary>
    public required ILoadSource Load { get; init; }

    /// <summary>Azure region name in lower case without blanks.</summary>
    public string Region { get; init; } = "westeurope";

    public string Sku { get; init; } = "";

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Id of the resource that manages it; absent when none does.</summary>
    public string? ManagedBy { get; init; }

    /// <summary>Whether Resource Graph lists it already: what is new it does not for a while.</summary>
    public bool IsIndexed { get; init; } = true;

    public int InitialCapacity { get; init; } = 2;

    /// <summary>Instances it had from the first of its metrics up to an hour before the start, as a fleet that nobody scales; absent: sized for its load by the minute.</summary>
    public int? CountBefore { get; init; }

    /// <summary>From asking for an instance to its first serving minute; counted in whole minutes, rounded up.</summary>
    public TimeSpan BootTime { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>Memory its application takes at rest, in percent of that of an instance of <see cref="Sku"/>.</summary>
    public double RestingMemoryPercent { get; init; } = 40;

    /// <summary>More of it for each percent of CPU that its load takes of such an instance: memory follows the processor loosely.</summary>
    public double MemoryPercentPerCpu { get; init; } = 0.3;

    /// <summary>What becomes of instances when it gets another size.</summary>
    internal virtual ResizeWay ResizeWay => ResizeWay.AtOnce;

    /// <summary>Zones its instances are spread over.</summary>
    internal virtual IReadOnlyList<string> SpreadOver => [];

    /// <summary>What a PUT replaces, where the type has one.</summary>
    internal virtual JsonElement? Document => null;

    /// <summary>The most instances its type allows.</summary>
    internal virtual int LargestFleet => 1000;
}
