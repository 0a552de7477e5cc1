namespace ScaleFunctions.Core.State;

/// <summary>An operation of somebody else that was seen to run on a target.</summary>
/// <param name="Since">When it was seen first.</param>
public sealed record ForeignOperation(DateTimeOffset Since)
{
    /// <summary>When a person was told that a change waits for it; absent as long as nobody was.</summary>
    public DateTimeOffset? ToldAt { get; init; }
}
