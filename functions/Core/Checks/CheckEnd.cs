namespace ScaleFunctions.Core.Checks;

/// <summary>The answer to a check.</summary>
public abstract record CheckEnd
{
    private CheckEnd()
    {
    }

    /// <summary>As many instances serve as were asked for (after a raise), or no more exist (after a lowering).</summary>
    public sealed record Arrived(int Ready, TimeSpan After) : CheckEnd;

    /// <summary>The deadline passed and instances are missing, or still there.</summary>
    public sealed record Incomplete(int Ready, int Total) : CheckEnd
    {
        /// <summary>Of all instances, those that Azure could not provision.</summary>
        public int Failed { get; init; }
    }

    /// <summary>The deadline passed and the instances could not be counted.</summary>
    public sealed record Unverified(string Why) : CheckEnd;

    /// <summary>A newer action came before the answer.</summary>
    public sealed record Superseded(long ByEpoch) : CheckEnd;
}
