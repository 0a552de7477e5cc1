namespace ScaleFunctions.Core.Plans;

/// <summary>That a target is left alone until a person ends it, because too many of its actions failed within a day.</summary>
/// <param name="Since">When the last of them failed.</param>
/// <param name="Why">What came of that one.</param>
public sealed record TargetQuarantine(DateTimeOffset Since, string Why)
{
    /// <summary>Numbers of the actions that failed, oldest first.</summary>
    public IReadOnlyList<long> Actions { get => field ?? []; init; } = [];
}
