namespace ScaleFunctions.Core.Checks;

/// <summary>How the look at a size in the busiest hour ended, where it was not taken back.</summary>
public abstract record PeakEnd
{
    private PeakEnd()
    {
    }

    /// <summary>The guard stayed within its bounds.</summary>
    public sealed record Well(string Size) : PeakEnd;

    /// <summary>Somebody gave the resource another size meanwhile.</summary>
    public sealed record Overtaken(string Size) : PeakEnd;

    /// <summary>It did not do, and the old size was not to be had: a person has to look.</summary>
    public sealed record Stuck(string Size, string Why) : PeakEnd;

    /// <summary>It could not be told day after day: a person has to look.</summary>
    public sealed record Untold(string Size, int Days, string Why) : PeakEnd;
}
