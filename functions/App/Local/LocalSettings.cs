namespace ScaleFunctions.App.Local;

/// <summary>What a local run was asked for.</summary>
internal sealed record LocalSettings
{
    /// <summary>Simulated seconds a real second may have at most; 0 for no limit.</summary>
    public required double Speed { get; init; }

    /// <summary>Recorded load to replay instead of the generated one.</summary>
    public string? Trace { get; init; }

    /// <summary>Instances the recorded load needs on average.</summary>
    public double TraceMean { get; init; } = 20;

    /// <summary>Simulated time after which the run ends; until interrupted when absent.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Port of the functions, the API and the page; 0 lets the system pick.</summary>
    public required int Port { get; init; }

    public string? State { get; init; }

    public required string Policies { get; init; }

    /// <summary>A sandbox of another process, as <c>port/thumbprint</c>.</summary>
    public string? Sandbox { get; init; }

    /// <summary>File of faults the sandbox shall show.</summary>
    public string? Faults { get; init; }

    /// <summary>File of autoscale settings that the simulated Azure shall have.</summary>
    public string? Autoscale { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>What the run shall show; absent for an ordinary one.</summary>
    public Scenario? Scenario { get; init; }

    /// <summary>The simulated estate under generated load.</summary>
    public string Estate { get; init; } = EstateNames.Shop;
}
