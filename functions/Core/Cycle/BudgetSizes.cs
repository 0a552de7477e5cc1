using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// The cheaper size of a step of a budget, and the one a resource gets back. Down it goes as a change of VerticalScaling does: through
/// the same guards, with the same roll-out and the same look at the guard's metrics after it. Back it goes as after off-hours: it is owed.
/// </summary>
internal static class BudgetSizes
{
    /// <summary>What is asked of the size now; absent when budgets ask nothing of it, or off-hours have it.</summary>
    public static BudgetSizeTurn? Turn(IReadOnlyList<BudgetMeasure> measures, TargetRow row, OffStep off, ObservedTarget target, DateTimeOffset now)
    {
        var measure = measures.OfType<BudgetMeasure.CheaperSize>().FirstOrDefault();
        if (off.Size is not null || off.Memory?.LowSize is not null)
        {
            return null;
        }

        return (row.BudgetSize, measure) switch
        {
            (null, null) => null,
            (null, { } begins) => new BudgetSizeTurn.Lower(begins),
            ({ IsReleased: true }, _) => null,

            // Whether the step still concerns what nobody can read the tags of is not known: no restart for that.
            ({ } kept, null) when target.Tags is TargetTags.Unknown => new BudgetSizeTurn.Hold(kept),
            ({ } kept, null) => IsSettled(row) && kept.IsDue(now) ? new BudgetSizeTurn.Return(kept) : new BudgetSizeTurn.Hold(kept),
            ({ } kept, { } holds) => !BudgetSize.Is(kept.Own, target.Sku) || !IsSettled(row) || !kept.IsDue(now) ? new BudgetSizeTurn.Hold(kept) : new BudgetSizeTurn.Lower(holds),
        };
    }

    /// <summary>
    /// The row once the size was seen. What off-hours keep small when the step ends comes back from them with its own size at once: one
    /// change, not two. What they remember of one whose count or machine they keep down is the size that it shall have by then.
    /// </summary>
    public static TargetRow See(TargetRow row, BudgetMeasure.CheaperSize? measure, ObservedTarget target, DateTimeOffset now)
    {
        if (row.BudgetSize is not { } kept || (measure is null && target.Tags is TargetTags.Unknown))
        {
            return row;
        }

        if (measure is null && !kept.IsReleased && row.Off is { LowSize: not null } off && BudgetSize.Is(off.Size, kept.Low))
        {
            return row with { Off = off with { Size = kept.Own }, BudgetSize = null };
        }

        var seen = BudgetSize.See(kept, measure, target.Sku, IsSettled(row) && row.Off is not ({ LowSize: not null } or { OwesSize: true }), now);
        var shared = Shared(row.Off, kept, measure is not null, target.Sku);
        if (seen is { IsReleased: true } && shared is { LowSize: null } down && !IsOneOf(kept, target.Sku) && IsOneOf(kept, down.Size))
        {
            // A person gave it another one while it is down: that is the size it comes back with.
            shared = down with { Size = target.Sku };
        }

        return seen == kept && shared == row.Off ? row : row with { BudgetSize = seen, Off = shared };
    }

    /// <summary>While the step holds off-hours bring back the size of both that there is; afterwards its own.</summary>
    private static OffMemory? Shared(OffMemory? off, BudgetSize kept, bool holds, string size)
    {
        if (off is null or { LowSize: not null } || kept.IsReleased || !IsOneOf(kept, off.Size))
        {
            return off;
        }

        var wanted = holds ? size : kept.Own;
        return IsOneOf(kept, wanted) && !BudgetSize.Is(off.Size, wanted) ? off with { Size = BudgetSize.Is(wanted, kept.Own) ? kept.Own : kept.Low } : off;
    }

    private static bool IsOneOf(BudgetSize kept, string name) => BudgetSize.Is(name, kept.Own) || BudgetSize.Is(name, kept.Low);

    /// <summary>On which terms it is made smaller: those of its policy, but that the step says whether it is done, and the rest between changes is no reason to go on spending.</summary>
    public static SizeTerms? Terms(BudgetSizeTurn turn, VerticalScalingPolicy? vertical) => (turn, vertical?.Terms) switch
    {
        (BudgetSizeTurn.Return { Kept: var kept }, var terms) => OffSizes.Terms with
        {
            Window = terms?.Window,
            RollOut = (terms?.RollOut ?? RollOutTerms.Default) with { Guard = null },
            MayStop = kept.IsByStopping || terms is { MayStop: true },
            Rest = TimeSpan.Zero,
        },
        (_, { } terms) => terms with { Mode = SizeMode.Act, MayInterrupt = true, Rest = TimeSpan.Zero },
        _ => null,
    };

    /// <summary>Whether instances or the machine restart for it, where new instances of a plan serve before the old ones go.</summary>
    public static bool Restarts(ObservedTarget target) =>
        target.Capacity > 0 && !string.Equals(target.Id.ResourceType, WorkloadBinding.PlanType, StringComparison.OrdinalIgnoreCase);

    /// <summary>What holds the way back: of what restarts, a freeze of the change calendar and the window of its policy, too.</summary>
    public static IReadOnlyList<IPlanGuard> GuardsOfReturn(ObservedTarget target) => Restarts(target) ? OfRestart : OffSizes.OfReturn;

    private static readonly IReadOnlyList<IPlanGuard> OfRestart = [.. OffSizes.OfReturn, new ChangeCalendarGuard(), new SizeWindowGuard()];

    /// <summary>A machine that has to be stopped is so only for a size that there was room for lately.</summary>
    public static IReadOnlyList<IPlanGuard> OfStop { get; } = [.. OfRestart, new SizeRestGuard(), new ShortageGuard()];

    public static SizeDecision Back(ObservedTarget target, BudgetSize kept) => new(target.Sku, kept.Own, new SizeReason.BackFromBudget(kept.Budget, kept.Step));

    public static SizeDecision Hold(ObservedTarget target, BudgetSize kept) => new(target.Sku, target.Sku, new SizeReason.HeldByBudget(kept.Budget, kept.Step, kept.Own));

    public static SizeDecision Refuse(ObservedTarget target, BudgetMeasure.CheaperSize measure, string why) =>
        new(target.Sku, target.Sku, new SizeReason.NotUnderBudget(measure.Budget, measure.Step, why));

    /// <summary>The choice; prices are read for it.</summary>
    public static async Task<SizeDecision> DecideAsync(
        BudgetMeasure.CheaperSize measure, SizeContext asked, TargetEvaluation evaluation, IPriceSource? prices, CancellationToken cancellationToken) => CheaperSizes.Decide(new CheaperSizeContext
        {
            Measure = measure,
            Sizing = asked,
            Wanted = evaluation.Outcome.Decision.Wanted,
            Prices = await PricesAsync(
                prices, evaluation.Target, CheaperSizes.Candidates(measure.Size, evaluation.Target.Sku, asked.Policy), measure.Currency,
                evaluation.Context.Guardrails, cancellationToken).ConfigureAwait(false),
        });

    /// <summary>What the size there is and others cost; what the owner declared goes before Azure's list.</summary>
    public static async Task<IReadOnlyDictionary<string, PriceReading>> PricesAsync(
        IPriceSource? prices, ObservedTarget target, IReadOnlyList<string> sizes, string currency, IReadOnlyList<GuardrailsPolicy> guardrails, CancellationToken cancellationToken) =>
        sizes.Count == 0 || prices is null
            ? new Dictionary<string, PriceReading>()
            : await SizePrices.ReadAsync(
                prices, target, sizes.Append(target.Sku).Distinct(StringComparer.OrdinalIgnoreCase), currency,
                [.. guardrails.Select(each => each.Prices).OfType<PriceList>()], cancellationToken).ConfigureAwait(false);

    /// <summary>The row and the action that make it cheaper, or give it back what it had.</summary>
    public static (TargetRow Row, ActionOrder Order) Act(BudgetSizeTurn turn, SizePlan plan, TargetEvaluation evaluation, TargetRow row, string policyVersion)
    {
        var (order, now) = (ActionOrder.Of(plan, evaluation, policyVersion), evaluation.Context.Now);
        if (plan.IsByStopping)
        {
            (row, order) = SizeTurns.Stop(plan, evaluation, row, policyVersion);
        }

        return turn switch
        {
            BudgetSizeTurn.Lower { Measure: var measure } => (
                row with { BudgetSize = new BudgetSize(measure.Budget, measure.Step, plan.Change.From.Name, plan.Change.To.Name, now) { IsByStopping = plan.IsByStopping } },
                order with { Policy = measure.Budget, ReasonCode = "budget-size" }),
            BudgetSizeTurn.Return { Kept: var kept } => (
                row with
                {
                    // A step that begins again meanwhile finds its own size, and nobody else gave it that.
                    BudgetSize = kept with { AskedAt = now, LoweredAt = null },

                    // The size that would have been looked at is given up, and what off-hours owe is not the cheaper one.
                    Peak = null,
                    Restage = row.Restage is { } restage && plan.IsByStopping ? restage with { IsUndo = true, IsOwed = true, Why = Over(kept), Peak = null } : row.Restage,
                    Off = row.Off is { OwesSize: true } off && BudgetSize.Is(off.Size, kept.Low) ? off with { Size = kept.Own } : row.Off,
                },
                order with
                {
                    RollOut = order.RollOut is { } rollOut && Restarts(evaluation.Target) ? rollOut with { Undoes = Over(kept), IsOwed = true, Peak = null } : null,
                    Policy = kept.Budget,
                    ReasonCode = "budget-size-back",
                }),
            _ => throw new InvalidOperationException("A size that is held is not changed"),
        };
    }

    private static string Over(BudgetSize kept) => $"the step {kept.Step} of the budget {kept.Budget} is over";

    private static bool IsSettled(TargetRow row) => row.Intent is null && row.Check is null && row.Restage is null && row.RollOut is null;
}
