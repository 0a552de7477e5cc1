namespace ScaleFunctions.Core.Policies;

/// <summary>What tells, beside the health of instances, that they do not do with less: how long requests take, how many of them fail.</summary>
/// <param name="Signals">Metrics, and formulas over them.</param>
/// <param name="Bounds">When one says that something is wrong; at least one.</param>
public sealed record GuardTerms(IReadOnlyList<GuardSignal> Signals, IReadOnlyList<GuardBound> Bounds)
{
    /// <summary>Where the target is, once it is about one: Azure's hosts of metrics are regional.</summary>
    public string Region { get; init; } = "";
}
