using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Decisions.Budgets;

/// <summary>Finds what budgets make of a resource. Nothing is kept by resource: a step that ends ends for all of them.</summary>
public static class BudgetMeasures
{
    /// <summary>The measures in force, the strictest kinds last.</summary>
    public static IReadOnlyList<BudgetMeasure> Of(IReadOnlyList<BudgetStanding> standings, ObservedTarget target, DateTimeOffset now)
    {
        if (standings.Count == 0)
        {
            return [];
        }

        List<BudgetMeasure> measures = [];
        foreach (var standing in standings.Where(each => each.Policy.Mode == PolicyMode.Act && each.Policy.Covers(target)))
        {
            measures.AddRange(standing.Policy.Ladder
                .Where(step => IsInForce(standing, step, target) && step.Selects(target))
                .Select(step => Of(standing.Policy, step, now))
                .OfType<BudgetMeasure>());
        }

        return measures;
    }

    /// <summary>Whether the resource is among those that a step is undone for first. Always the same ones, spread evenly.</summary>
    public static bool IsFirst(TargetId target, double share) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(target.Key))) < share * (1L << 32);

    private static bool IsInForce(BudgetStanding standing, BudgetStep step, ObservedTarget target) => standing.Kept.Of(step.Name) switch
    {
        var kept when !BudgetLadder.IsSame(step, kept, standing.Policy.Mode) => false,
        { Phase: BudgetPhase.Active } => true,
        { Phase: BudgetPhase.Undoing } => !IsFirst(target.Id, standing.Policy.Undo.FirstShare),
        _ => false,
    };

    private static BudgetMeasure? Of(BudgetAlertsPolicy policy, BudgetStep step, DateTimeOffset now) => step.Kind switch
    {
        BudgetStepKind.LowerMaximum => new BudgetMeasure.LowerMaximum(policy.Name, step.Name, step),
        BudgetStepKind.Stop => new BudgetMeasure.StandDown(policy.Name, step.Name),
        BudgetStepKind.OffHours when step.Off.Any(window => window.ActiveUntil(now) is not null) => new BudgetMeasure.StandDown(policy.Name, step.Name),
        BudgetStepKind.CheaperSize => new BudgetMeasure.CheaperSize(policy.Name, step.Name, step.Size, policy.Currency),
        BudgetStepKind.FreezeScaleOut => new BudgetMeasure.Freeze(policy.Name, step.Name),
        _ => null,
    };
}
