using ScaleFunctions.Core.Plans;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What came of a tick.</summary>
/// <param name="Verdicts">By target key: why it may not be lowered, or an empty text for "may be carried out".</param>
/// <param name="IsFinished">Whether all its batches reported.</param>
public sealed record ClosedLedger(IReadOnlyDictionary<string, string> Verdicts, bool IsFinished)
{
    /// <summary>By target key: no fewer instances than these, where that is what a person has approved.</summary>
    public IReadOnlyDictionary<string, int> Floors { get; init; } = new Dictionary<string, int>();

    /// <summary>By target key: no fewer instances than these, where the lowering was judged as an unexpected one and may be carried out.</summary>
    public IReadOnlyDictionary<string, int> Surprises { get; init; } = new Dictionary<string, int>();

    /// <summary>What is refused unless a person approves.</summary>
    public IReadOnlyList<LoweringProposal> Awaiting { get; init; } = [];

    /// <summary>Before the first tick.</summary>
    public static ClosedLedger None { get; } = new(new Dictionary<string, string>(), IsFinished: false);
}
