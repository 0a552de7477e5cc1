namespace ScaleFunctions.Sandbox.Autoscale;

/// <summary>What became of a PUT or PATCH of a setting.</summary>
internal sealed record SettingChange
{
    /// <summary>The setting afterwards; absent when it was refused.</summary>
    public SettingView? Setting { get; init; }

    /// <summary>Why nothing was changed.</summary>
    public string? Refusal { get; init; }

    public bool IsNew { get; init; }

    public bool IsEffective { get; init; }

    /// <summary>The minimum of the profile in force, before and after.</summary>
    public int? MinimumBefore { get; init; }

    public int? MinimumAfter { get; init; }
}
