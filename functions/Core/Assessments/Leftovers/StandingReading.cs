namespace ScaleFunctions.Core.Assessments.Leftovers;

/// <summary>What is known of what stands about.</summary>
public abstract record StandingReading
{
    private StandingReading()
    {
    }

    public sealed record Known(IReadOnlyList<StandingResource> Resources) : StandingReading;

    /// <param name="Why">For people: what was answered.</param>
    public sealed record Missing(string Why) : StandingReading;
}
