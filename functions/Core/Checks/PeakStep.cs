namespace ScaleFunctions.Core.Checks;

/// <summary>What the look at a size in the busiest hour asks for next.</summary>
public abstract record PeakStep
{
    private PeakStep()
    {
    }

    public sealed record Wait(PeakLook State) : PeakStep;

    /// <summary>The old size comes back.</summary>
    public sealed record Undo(PeakLook State, string Why) : PeakStep;

    public sealed record End(PeakEnd How) : PeakStep;
}
