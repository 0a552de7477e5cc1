namespace ScaleFunctions.Core.Sizes;

/// <summary>What a size must have so that a resource can take it.</summary>
public sealed record SizeNeeds
{
    /// <summary>Data disks attached to an instance.</summary>
    public int DataDisks { get; init; }

    /// <summary>Network interfaces of an instance.</summary>
    public int NetworkInterfaces { get; init; } = 1;

    /// <summary>Whether a disk is of a kind that only sizes with premium storage take.</summary>
    public bool PremiumStorage { get; init; }

    /// <summary>Size in GiB of an operating system's disk that lives on the host; absent when it does not.</summary>
    public double? EphemeralDiskGiB { get; init; }

    public bool AcceleratedNetworking { get; init; }

    /// <summary>Zones the instances are in; empty when they are in none.</summary>
    public IReadOnlyList<string> Zones { get; init; } = [];

    /// <summary>Sizes the resource says it takes, as its own list tells; absent when it has none or it could not be read.</summary>
    public IReadOnlySet<string>? Offered { get; init; }
}
