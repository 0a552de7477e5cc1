using ScaleFunctions.Core.Decisions.Sizing;

namespace ScaleFunctions.Core.Plans;

/// <summary>What becomes of a decision on a size.</summary>
public abstract record SizeOutcome(SizeDecision Decision)
{
    /// <summary>The size stays.</summary>
    public sealed record Kept(SizeDecision Decision) : SizeOutcome(Decision);

    /// <summary>A guard does not let it change now.</summary>
    public sealed record Held(SizeDecision Decision, GuardVerdict.Block Why) : SizeOutcome(Decision);

    public sealed record Planned(SizePlan Plan) : SizeOutcome(Plan.Decision);
}
