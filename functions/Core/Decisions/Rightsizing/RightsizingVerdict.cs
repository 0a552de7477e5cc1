using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>What is said of a resource's size and count.</summary>
public abstract record RightsizingVerdict
{
    private RightsizingVerdict()
    {
    }

    /// <param name="Plan">What it should have instead.</param>
    /// <param name="Refused">Sizes that could not be taken, with why.</param>
    public sealed record Recommended(FleetPlan Plan, IReadOnlyList<FleetOption.Refused> Refused) : RightsizingVerdict;

    /// <param name="Why">Why it stays, for people.</param>
    /// <param name="Refused">Sizes that could not be taken, with why.</param>
    public sealed record Kept(string Why, IReadOnlyList<FleetOption.Refused> Refused) : RightsizingVerdict;

    /// <summary>There is something to recommend, and somebody does not want to hear of it for a while.</summary>
    public sealed record Suppressed(Suppression By, FleetPlan Plan) : RightsizingVerdict;

    /// <param name="Reason">To be counted.</param>
    /// <param name="Why">For people.</param>
    public sealed record NotJudged(NotJudgedReason Reason, string Why) : RightsizingVerdict;
}
