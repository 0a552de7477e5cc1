namespace ScaleFunctions.Core.Policies;

/// <summary>Where alerts go (<c>kind: AlertChannels</c>): channels by name, and who is told by which.</summary>
public sealed record AlertChannelsPolicy
{
    public required string Name { get; init; }

    /// <summary>Whom to ask; empty when not said.</summary>
    public string Owner { get; init; } = "";

    public required IReadOnlyDictionary<string, AlertChannel> Channels { get; init; }

    /// <summary>Names of the channels that get what no other is named for, and all of the platform's own.</summary>
    public IReadOnlyList<string> Default { get; init; } = [];

    /// <summary>Names of the channels by the owner that policies name in their metadata.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Owners { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    public required PolicySource Source { get; init; }

    public PolicyOrigins Origins { get; init; } = PolicyOrigins.None;
}
