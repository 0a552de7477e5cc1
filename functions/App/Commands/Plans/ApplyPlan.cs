using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Commands.Plans;

/// <summary>What is shown before anything is done.</summary>
/// <param name="Sheet">What a tick would come to.</param>
/// <param name="Wishes">What it would write, and what the kill switch holds.</param>
/// <param name="UnderWay">Targets on which something was begun and is not seen to its end.</param>
internal sealed record ApplyPlan(PlanSheet Sheet, IReadOnlyList<ApplyWish> Wishes, IReadOnlyList<TargetId> UnderWay)
{
    public bool IsNothing => Wishes.Count == 0 && UnderWay.Count == 0;

    /// <summary>Why all of it is stopped; absent when something is not.</summary>
    public string? Stopped => UnderWay.Count == 0 && Wishes.Count > 0 && Wishes.All(wish => wish.Stopped is not null) ? Wishes[0].Stopped : null;
}
