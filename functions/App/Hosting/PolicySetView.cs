namespace ScaleFunctions.App.Hosting;

/// <summary>A set of policies, for people and programs.</summary>
internal sealed record PolicySetView
{
    public required string Version { get; init; }

    public required PolicySetStatus Status { get; init; }

    /// <summary>Whether it is what the files say.</summary>
    public required bool IsLatest { get; init; }

    /// <summary>Whether a person put it in the place of what the files say.</summary>
    public required bool IsChosen { get; init; }

    /// <summary>When it was first seen; absent for one that is in force and not kept.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>When it last came into force; absent when it never did.</summary>
    public DateTimeOffset? InForceAt { get; init; }

    /// <summary>Where its files were read; empty for one that is not kept.</summary>
    public string Place { get; init; } = "";

    /// <summary>Who chose or approved it; empty when the files alone brought it.</summary>
    public string By { get; init; } = "";

    public int? Policies { get; init; }

    public int? Errors { get; init; }

    /// <summary>How many resources it governed when it was taken; absent where nobody counted.</summary>
    public int? Resources { get; init; }
}
