namespace ScaleFunctions.Core.Checks;

/// <summary>How a roll-out ended.</summary>
public abstract record RollOutEnd
{
    private RollOutEnd()
    {
    }

    /// <summary>All instances have the size, and were well with it as long as they were watched.</summary>
    public sealed record Well(string Size, int Instances) : RollOutEnd;

    /// <summary>The resource says that it has the size and is ready. Nothing tells its health, and what gives more is not judged by a guard.</summary>
    public sealed record Unverified(string Size) : RollOutEnd;

    /// <summary>All instances have the old size again.</summary>
    public sealed record Undone(string From, string To, string Why) : RollOutEnd;

    /// <summary>Azure took the size and gave it to nobody: all instances are as they were.</summary>
    public sealed record NeverTaken(string Size) : RollOutEnd;

    /// <summary>Somebody else gave the resource another size.</summary>
    public sealed record Overtaken(string Size) : RollOutEnd;

    /// <summary>It cannot be ended by itself: a person has to look.</summary>
    public sealed record Stuck(string Size, string Why) : RollOutEnd;
}
