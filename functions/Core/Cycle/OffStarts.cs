using ScaleFunctions.Core.Checks;
using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Starts a machine after off-hours, or after a budget's stop, with another size than it is stopped with: one of the policy's, where Azure has none of its own, or
/// its own again once it was another. It is the way of a machine that is stopped for a size (<see cref="Restages"/>), begun where it is
/// down already: whatever fails, the other size is tried, until it runs. Nothing but the shortage may stand against the start: neither an
/// open action nor another way to a size, which guards hold as they do any raise.
/// </summary>
internal static class OffStarts
{
    private static readonly IReadOnlyList<IPlanGuard> Others = [.. PlanGuards.All.Where(guard => guard is not ShortageGuard)];

    /// <summary>The first step; null where it starts as it is, or not.</summary>
    public static (TargetRow Row, ActionOrder Order)? Of(TargetEvaluation evaluation, TargetPolicies.Resolved policies, TargetRow row, Survey survey)
    {
        var (target, now) = (evaluation.Target, evaluation.Context.Now);
        if (Wanted(evaluation, row) is not var (wanted, from) || target.Capacity > 0
            || !string.Equals(target.Id.ResourceType, WorkloadBinding.MachineType, StringComparison.OrdinalIgnoreCase)
            || Planner.Plan(evaluation.Outcome.Decision, evaluation.Context, Others) is not PlanOutcome.Planned { Plan.IsRaise: true })
        {
            return null;
        }

        var sizes = policies.Usage?.OffHours.Alternatives ?? [];
        var size = Is(target.Sku, wanted) ? Short(wanted) is null ? null : sizes.FirstOrDefault(May)
            : May(wanted) ? wanted
            : Short(target.Sku) is null ? null : sizes.FirstOrDefault(May);
        if (size is null)
        {
            return null;
        }

        var why = Is(size, wanted) ? "the size it had before" : $"{Short(wanted)?.Code ?? "Azure has no room"} for {wanted}";
        var restage = new Restage(row.Epoch + 1, target.Sku, size, RollOutTerms.Default, UnhealthyBefore: 0, now)
        {
            WasDown = true,
            PolicyVersion = policies.Version,
            Tried = new RestageTry(RestageAct.Resize, size, now),
        };
        return (row with { Restage = restage, Budget = evaluation.Off.Wish is null ? row.Budget! with { OwnSize = wanted } : row.Budget }, RestageRunner.Order(row, restage, RestageAct.Resize, now + evaluation.Context.Lifetime) with
        {
            FromSize = target.Sku,
            Cause = $"{size} in place of {target.Sku}, while it is stopped, to be back from {from}: {why}",
            InputsHash = evaluation.InputsHash,
            Minimum = evaluation.Minimum,
            Maximum = evaluation.Maximum,
        });

        bool May(string name) => Short(name) is null && evaluation.Context.Guardrails.All(guardrails => guardrails.AllowsSku(name))
            && SizeSpendGuard.Judge(wanted, name, instances: 1, isNeeded: true, evaluation.Context) is GuardVerdict.Pass;

        SizeShortage? Short(string name) => survey.Shortages.FirstOrDefault(each => each.Holds(target with { Sku = name }, now));
    }

    /// <summary>The size it shall have again, and what it comes back from; absent where it does not, or a budget stopped it while off-hours keep it.</summary>
    private static (string Size, string From)? Wanted(TargetEvaluation evaluation, TargetRow row) =>
        evaluation.Off is { Wish: OffWish.Return, Memory.Size: { } own } ? (own, "off-hours")
        : evaluation.Off is { Wish: null } && row is { Off: null, Budget: { RestoresSince: not null } stand } ? (stand.OwnSize ?? Owed(evaluation) ?? evaluation.Target.Sku, $"the step {stand.Step} of the budget {stand.Budget}")
        : null;

    /// <summary>The size before a cheaper one of a budget, whose step is over, too.</summary>
    private static string? Owed(TargetEvaluation evaluation) => evaluation.BudgetSize is BudgetSizeTurn.Return { Kept.Own: var own } ? own : null;

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
