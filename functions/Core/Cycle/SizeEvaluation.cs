using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What was decided on the size of a target.</summary>
/// <param name="Outcome">The decision, and what guards said of it.</param>
/// <param name="At">When.</param>
public sealed record SizeEvaluation(SizeOutcome Outcome, DateTimeOffset At)
{
    /// <summary>What became of it beside that; empty when there is nothing more to say.</summary>
    public string Note { get; init; } = "";

    /// <summary>What size and count together should be; absent where that is not ours to say.</summary>
    public SizeWish? Wish { get; init; }

    /// <summary>The move that is begun by it: enough instances come first.</summary>
    public JointMove? Begins { get; init; }

    /// <summary>In one sentence.</summary>
    public string Text => Note.Length == 0 ? SizeText.Of(Outcome) : $"{SizeText.Of(Outcome)}; {Note}";

    public SizeStanding Standing => new(At, Outcome.Decision.Current, Outcome.Decision.Desired, SizeText.Case(Outcome), Text);
}
