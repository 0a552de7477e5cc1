namespace ScaleFunctions.Sandbox.Limits;

/// <summary>A size of machines as the sandbox knows it: what Azure publishes of it, as far as anything here depends on it.</summary>
/// <param name="Name">For example <c>Standard_D4s_v5</c>.</param>
/// <param name="Family">The quota it counts for.</param>
/// <param name="Cores">Virtual processors.</param>
/// <param name="MemoryGiB">Memory.</param>
/// <param name="DataDisks">Data disks it takes at most.</param>
/// <param name="NetworkInterfaces">Network interfaces it takes at most.</param>
/// <remarks>
/// Facts of learn.microsoft.com/azure/virtual-machines/sizes (its pages of the series, as MicrosoftDocs/azure-docs had them in 2022
/// and 2023). Two things are taken from what the tables say and not from a list of capabilities: a cache for a system disk on the
/// host is what the page of the series calls its cache size, and all sizes here are x64. Azure knows hundreds more.
/// </remarks>
internal sealed record MachineSize(string Name, string Family, int Cores, double MemoryGiB, int DataDisks, int NetworkInterfaces) : ISandboxSize
{
    private const string DSv5 = "standardDSv5Family";
    private const string DASv5 = "standardDASv5Family";
    private const string DDSv5 = "standardDDSv5Family";
    private const string ESv5 = "standardESv5Family";
    private const string FSv2 = "standardFSv2Family";
    private const string B = "standardBSFamily";

    /// <summary>Size in GiB of the temporary disk on the host; 0 for the many that have none.</summary>
    public int TemporaryDiskGiB { get; init; }

    /// <summary>Size in GiB of the cache on the host; 0 without one.</summary>
    public int CacheGiB { get; init; }

    public bool HasEphemeralDisk { get; init; }

    public bool HasAcceleratedNetworking { get; init; } = true;

    public bool HasPremiumStorage { get; init; } = true;

    /// <summary>Operations and bytes a second that disks without a cache take; 0 where nobody looked them up.</summary>
    public int UncachedOperations { get; init; }

    public long UncachedBytes { get; init; }

    public string Architecture { get; init; } = "x64";

    public static IReadOnlyList<MachineSize> All { get; } =
    [
        new("Standard_D2s_v5", DSv5, 2, 8, 4, 2) { UncachedOperations = 3_750, UncachedBytes = 85_000_000 },
        new("Standard_D4s_v5", DSv5, 4, 16, 8, 2) { UncachedOperations = 6_400, UncachedBytes = 145_000_000 },
        new("Standard_D8s_v5", DSv5, 8, 32, 16, 4) { UncachedOperations = 12_800, UncachedBytes = 290_000_000 },
        new("Standard_D16s_v5", DSv5, 16, 64, 32, 8),
        new("Standard_D2as_v5", DASv5, 2, 8, 4, 2),
        new("Standard_D4as_v5", DASv5, 4, 16, 8, 2),
        new("Standard_D8as_v5", DASv5, 8, 32, 16, 4),
        new("Standard_D2ds_v5", DDSv5, 2, 8, 4, 2) { TemporaryDiskGiB = 75, HasEphemeralDisk = true },
        new("Standard_D4ds_v5", DDSv5, 4, 16, 8, 2) { TemporaryDiskGiB = 150, HasEphemeralDisk = true },
        new("Standard_D8ds_v5", DDSv5, 8, 32, 16, 4) { TemporaryDiskGiB = 300, HasEphemeralDisk = true },
        new("Standard_E2s_v5", ESv5, 2, 16, 4, 2),
        new("Standard_E4s_v5", ESv5, 4, 32, 8, 2),
        new("Standard_E8s_v5", ESv5, 8, 64, 16, 4),
        new("Standard_F2s_v2", FSv2, 2, 4, 4, 2) { TemporaryDiskGiB = 16, CacheGiB = 32, HasEphemeralDisk = true },
        new("Standard_F4s_v2", FSv2, 4, 8, 8, 2) { TemporaryDiskGiB = 32, CacheGiB = 64, HasEphemeralDisk = true },
        new("Standard_F8s_v2", FSv2, 8, 16, 16, 4) { TemporaryDiskGiB = 64, CacheGiB = 128, HasEphemeralDisk = true },
        new("Standard_B1ms", B, 1, 2, 2, 2) { TemporaryDiskGiB = 4, HasAcceleratedNetworking = false },
        new("Standard_B2ms", B, 2, 8, 4, 3) { TemporaryDiskGiB = 16, HasAcceleratedNetworking = false },
        new("Standard_B4ms", B, 4, 16, 8, 4) { TemporaryDiskGiB = 32, HasAcceleratedNetworking = false },
    ];

    /// <summary>GiB that a system disk on the host may have at most.</summary>
    public int EphemeralGiB => HasEphemeralDisk ? Math.Max(TemporaryDiskGiB, CacheGiB) : 0;

    public static MachineSize? Find(string name) =>
        All.FirstOrDefault(size => string.Equals(size.Name, name, StringComparison.OrdinalIgnoreCase));
}
