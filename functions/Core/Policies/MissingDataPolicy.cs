namespace ScaleFunctions.Core.Policies;

/// <summary>What is wanted while a signal cannot be read.</summary>
public sealed record MissingDataPolicy
{
    public static MissingDataPolicy Hold { get; } = new();

    public MissingDataBehavior Behavior { get; init; }

    /// <summary>The count of the behaviors that have one.</summary>
    public int Instances { get; init; }

    /// <summary>How long the signal must have been unreadable. Default 3 minutes: one failed read is no outage.</summary>
    public TimeSpan After { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>
    /// The count the behavior names, before the rule that doubt never lowers. Each is what KEDA would ask for.
    /// </summary>
    public int Wanted(int current) => Behavior switch
    {
        MissingDataBehavior.Static => Instances,
        MissingDataBehavior.CurrentInstancesIfHigher => Math.Max(current, Instances),
        MissingDataBehavior.CurrentInstancesIfLower => Math.Min(current, Instances),
        _ => current,
    };

    public static string Word(MissingDataBehavior behavior) => $"{char.ToLowerInvariant($"{behavior}"[0])}{$"{behavior}"[1..]}";

    /// <summary>Whether it may ever ask for another count than there is.</summary>
    public bool MayRaise => Behavior is MissingDataBehavior.Static or MissingDataBehavior.CurrentInstancesIfHigher;

    public override string ToString() => Behavior switch
    {
        MissingDataBehavior.Hold or MissingDataBehavior.CurrentInstances => Word(Behavior),
        _ => $"{Word(Behavior)} {Instances} after {DurationText.Of(After)}",
    };
}
