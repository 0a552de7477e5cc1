using ScaleFunctions.Core.Decisions;

namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Limits the changes of any 24 hours. At most half of them may lower: each lowering may have to be taken back, and what
/// was spent on saving must never be what is lacking when load comes. The way back to the minimum is open at any time.
/// </summary>
public sealed class ActionsGuard : IPlanGuard
{
    public static readonly TimeSpan Day = TimeSpan.FromHours(24);

    public GuardVerdict Check(PlanDraft draft, PlanContext context)
    {
        if (context.Horizontal.MaxActionsPerDay is not { } most)
        {
            return new GuardVerdict.Pass();
        }

        var made = context.History.Changes.Where(change => change.At > context.Now - Day && change.From != change.To).ToList();
        var lowerings = made.FindAll(change => change.To < change.From);
        if (made.Count >= most)
        {
            return Hold(draft, context, new GuardReason.ActionsUsedUp(made.Count, most, OfLowerings: false, Until(made, most)));
        }

        return draft.IsLowering && lowerings.Count >= most / 2
            ? Hold(draft, context, new GuardReason.ActionsUsedUp(lowerings.Count, most / 2, OfLowerings: true, Until(lowerings, most / 2)))
            : new GuardVerdict.Pass();
    }

    private static GuardVerdict Hold(PlanDraft draft, PlanContext context, GuardReason reason) =>
        BackToMinimum.Only(nameof(ActionsGuard), draft, context, reason);

    /// <summary>When enough of them are a day old for one more.</summary>
    private static DateTimeOffset Until(List<PastChange> changes, int most) =>
        changes.Select(change => change.At).Order().ElementAt(changes.Count - most) + Day;
}
