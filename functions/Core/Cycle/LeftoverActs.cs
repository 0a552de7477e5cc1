using ScaleFunctions.Core.Assessments.Leftovers;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Says what is done about what stands about, or why nothing is.</summary>
internal static class LeftoverActs
{
    private const string Deleted = "what is deleted a person deletes, who has read the command";

    private const string Told = "the policy only tells";

    public static string? WhyNot(Leftover leftover) => leftover.Kind is LeftoverKind.IdleMachine or LeftoverKind.IdlePlan ? Told : Deleted;
}
