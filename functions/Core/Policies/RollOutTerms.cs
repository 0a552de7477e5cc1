namespace ScaleFunctions.Core.Policies;

/// <summary>How a new size is brought to the instances, and how long they are watched.</summary>
/// <param name="Batch">Share of the instances that are replaced at a time, above 0 and at most 1.</param>
/// <param name="Pause">From one batch to the next, and how long an instance may take to be well.</param>
/// <param name="Watch">How long all of them must have been well before it counts as done.</param>
public sealed record RollOutTerms(double Batch, TimeSpan Pause, TimeSpan Watch)
{
    /// <summary>A fifth at a time, as Azure's rolling upgrades; a boot between two; half an hour for what only shows under load.</summary>
    public static RollOutTerms Default { get; } = new(0.2, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30));

    /// <summary>What is looked at beside the health of the instances; absent where nothing is.</summary>
    public GuardTerms? Guard { get; init; }
}
