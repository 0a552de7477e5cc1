namespace ScaleFunctions.Adapters.Storage;

/// <summary>What only tests and unusual machines change of the embedded store.</summary>
internal sealed record SqliteSettings
{
    public static SqliteSettings Default { get; } = new();

    /// <summary>How long a write waits for the write of another process: longer than any of ours takes.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The mount table to look the directory up in; the system's own when absent.</summary>
    public string? MountTable { get; init; }

    /// <summary>Largest size of the file in pages; what the disk holds when absent.</summary>
    public int? MaximumPages { get; init; }
}
