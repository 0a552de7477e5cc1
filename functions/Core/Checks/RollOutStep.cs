namespace ScaleFunctions.Core.Checks;

/// <summary>What a roll-out asks for next.</summary>
public abstract record RollOutStep
{
    private RollOutStep()
    {
    }

    /// <summary>Time has to pass, or Azure to end something.</summary>
    /// <param name="State">The roll-out with what was learned.</param>
    public sealed record Wait(RollOut State) : RollOutStep;

    /// <summary>The next instances are to become as their resource says.</summary>
    public sealed record Upgrade(RollOut State, IReadOnlyList<string> Instances) : RollOutStep;

    /// <summary>The instances are not well with it: the old size comes back.</summary>
    public sealed record Undo(RollOut State, string Why) : RollOutStep;

    /// <summary>The old size did not come back, and is asked for again.</summary>
    public sealed record Again(RollOut State) : RollOutStep;

    /// <summary>It is over.</summary>
    public sealed record End(RollOutEnd How) : RollOutStep;
}
