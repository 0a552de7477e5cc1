using ScaleFunctions.Core.Checks;
using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// The size of one target in its turn: decides, asks the resource what it needs once a change is near, and acts. The count goes
/// first: while that is to change, the size waits.
/// </summary>
internal sealed class SizeTurns(ActionRunner actions, GuardReader guards, JointWishes wishes, IPriceSource? prices = null)
{
    /// <summary>What became of a turn.</summary>
    /// <param name="Row">The row as last written.</param>
    /// <param name="IsSent">Whether a write left for Azure.</param>
    /// <param name="Evaluation">What was decided.</param>
    /// <param name="Proposal">The lowering, where it needs the tick's permission.</param>
    public sealed record Result(TargetRow Row, bool IsSent, SizeEvaluation Evaluation, LoweringProposal? Proposal);

    /// <summary>Decides. What Azure says of the resource is read only when nothing else holds the change.</summary>
    public async Task<SizeEvaluation> EvaluateAsync(
        TargetEvaluation evaluation, SurveyItem item, TargetRow row, Preflights preflights, CancellationToken cancellationToken)
    {
        var now = evaluation.Context.Now;
        var (decision, wish) = item.Finding is null
            ? await ByLoadAsync(evaluation, item.SizeUses!, row, preflights, cancellationToken).ConfigureAwait(false)
            : (FindingTurns.Wish(item, row.Sizes.See(evaluation.Target.Sku, now), now).Size, null);
        return await EvaluateAsync(decision, evaluation with { Context = evaluation.Context with { Peak = PeakOf(item, now) } }, row, preflights, cancellationToken).ConfigureAwait(false) with
        {
            Wish = wish,
        };
    }

    private async Task<(SizeDecision Decision, SizeWish? Wish)> ByLoadAsync(
        TargetEvaluation evaluation, IReadOnlyDictionary<UsedPart, MetricSeries> series, TargetRow row, Preflights preflights,
        CancellationToken cancellationToken)
    {
        var (target, now) = (evaluation.Target, evaluation.Context.Now);
        var asked = await AskedAsync(evaluation, series, row, preflights, cancellationToken).ConfigureAwait(false);
        var step = SizeDecisions.Decide(asked);
        var wish = await wishes.ReadAsync(evaluation, asked.Policy, row, cancellationToken).ConfigureAwait(false);
        var begun = row.Joint is { } joint && joint.Holds(row.RollOut?.To, now) ? joint : null;
        return (JointDecisions.Decide(step, wish, asked, evaluation.Context.Horizontal.Maximum, begun), wish);
    }

    /// <summary>What is known of its size, and of the others of its ladder.</summary>
    private static async Task<SizeContext> AskedAsync(
        TargetEvaluation evaluation, IReadOnlyDictionary<UsedPart, MetricSeries> series, TargetRow row, Preflights preflights, CancellationToken cancellationToken)
    {
        var (target, now) = (evaluation.Target, evaluation.Context.Now);
        var offers = await preflights.SizesAsync(target, cancellationToken).ConfigureAwait(false);
        var policy = (evaluation.Context.Vertical ?? throw new InvalidOperationException($"No policy says which sizes {target.Id} may have")).On(offers);
        return new SizeContext
        {
            Current = target.Sku,
            Instances = target.Capacity,
            Policy = policy,
            Loss = LossToSurvive.Of(evaluation.Context.Horizontal.SurvivesLossOf, target.Zones),
            Uses = Since(row.Sizes.See(target.Sku, now).Seen!, SizeRequests.Uses(target, offers.GetValueOrDefault(target.Sku), policy, series, now), now),
            Offers = offers,
        };
    }

    /// <summary>
    /// What a step of a budget asks of the size. Where it is refused other policies have their say: what is short gets a bigger one all
    /// the same.
    /// </summary>
    public async Task<SizeEvaluation> UnderBudgetAsync(
        BudgetSizeTurn turn, TargetEvaluation evaluation, SurveyItem item, TargetRow row, Preflights preflights, CancellationToken cancellationToken)
    {
        var (target, now) = (evaluation.Target, evaluation.Context.Now);
        switch (turn)
        {
            case BudgetSizeTurn.Hold { Kept: var kept }:
                return new SizeEvaluation(new SizeOutcome.Kept(BudgetSizes.Hold(target, kept)), now);
            case BudgetSizeTurn.Return { Kept: var kept }:
                return await OwedAsync(
                    BudgetSizes.Back(target, kept), BudgetSizes.GuardsOfReturn(target), evaluation with
                    {
                        Context = evaluation.Context with { SizeTerms = BudgetSizes.Terms(turn, item.Policies.Vertical), SizeHistory = row.Sizes.See(target.Sku, now) },
                    }, preflights, cancellationToken).ConfigureAwait(false);
            case BudgetSizeTurn.Lower { Measure: var measure } when item.Policies.Vertical is null || item.SizeUses is null:
                return new SizeEvaluation(
                    new SizeOutcome.Kept(BudgetSizes.Refuse(target, measure, "no VerticalScaling policy says up to which use, and by which guard's metrics, its size may be changed")), now);
            case BudgetSizeTurn.Lower { Measure: var measure }:
                var asked = await AskedAsync(evaluation, item.SizeUses, row, preflights, cancellationToken).ConfigureAwait(false);
                var decision = await BudgetSizes.DecideAsync(measure, asked, evaluation, prices, cancellationToken).ConfigureAwait(false);
                if (!decision.IsChange)
                {
                    var usual = await EvaluateAsync(evaluation with { BudgetSize = null }, item, row, preflights, cancellationToken).ConfigureAwait(false);
                    return usual.Outcome is SizeOutcome.Kept ? new SizeEvaluation(new SizeOutcome.Kept(decision), now) { Wish = usual.Wish } : usual;
                }

                var termed = evaluation with { Context = evaluation.Context with { SizeTerms = BudgetSizes.Terms(turn, item.Policies.Vertical), Peak = PeakOf(item, now) } };
                return await EvaluateAsync(decision, termed, row, preflights, cancellationToken).ConfigureAwait(false);
            default:
                throw new ArgumentOutOfRangeException(nameof(turn));
        }
    }

    private static PeakHour? PeakOf(SurveyItem item, DateTimeOffset now) =>
        item.SizeUses is { } series ? PeakHour.Of(series.GetValueOrDefault(UsedPart.Cpu), SizeRequests.Grain, SizeRequests.End(now)) : null;

    /// <summary>Takes what was decided through the guards.</summary>
    internal async Task<SizeEvaluation> EvaluateAsync(
        SizeDecision decision, TargetEvaluation evaluation, TargetRow row, Preflights preflights, CancellationToken cancellationToken)
    {
        var (target, count, now) = (evaluation.Target, evaluation.Outcome.Decision, evaluation.Context.Now);
        var offers = await preflights.SizesAsync(target, cancellationToken).ConfigureAwait(false);
        var context = evaluation.Context with
        {
            SizeHistory = row.Sizes.See(target.Sku, now),
            Open = row.Intent is { } intent ? new OpenAction(intent.Epoch, intent.Goal) : null,
            Preflight = Preflight.Nothing,
            PeakAhead = row.Peak is { } look ? new AwaitedPeak(look.Of.To, look.To, look.Doubt) : null,
        };
        var outcome = SizePlanner.Plan(decision, offers, count, context);
        if (outcome is not SizeOutcome.Planned)
        {
            return new SizeEvaluation(outcome, now);
        }

        var terms = context.SizeTerms!;
        context = context with { Guard = await GuardAsync(terms, target, now, cancellationToken).ConfigureAwait(false) };
        var facts = await preflights.OfSizeAsync(target, offers[decision.Desired], cancellationToken).ConfigureAwait(false);
        outcome = SizePlanner.Plan(decision, offers, count, context with { Preflight = facts });
        if (outcome is not SizeOutcome.Planned)
        {
            return new SizeEvaluation(outcome, now);
        }

        if (actions.SizedKindOf(target.Id) is not { } kind)
        {
            var unread = new GuardReason.SizeUnread($"nothing here changes the size of a {target.Id.ResourceType}");
            return new SizeEvaluation(new SizeOutcome.Held(decision, new GuardVerdict.Block(nameof(SizeTurns), unread)), now);
        }

        var sizing = await kind.ReadSizeAsync(target.Id, cancellationToken).ConfigureAwait(false);
        return Begin(new SizeEvaluation(SizePlanner.Plan(decision, offers, count, context with { Preflight = facts, Sizing = sizing }), now), row, terms, now);
    }

    /// <summary>Where only instances are missing they are asked for: once in a rest, so that what never comes is not bought again and again.</summary>
    private static SizeEvaluation Begin(SizeEvaluation evaluation, TargetRow row, SizeTerms terms, DateTimeOffset now) =>
        evaluation.Outcome is SizeOutcome.Held { Decision: var decision, Why.Reason: GuardReason.StrengthMissing missing }
            && (row.Joint is not { } last || now >= last.Until + terms.Rest)
            ? evaluation with { Begins = new JointMove(decision.Desired, missing.Needed, now + JointMove.Patience) }
            : evaluation;

    /// <summary>What the guard says before anything changes: beyond its bounds then, it would prove nothing afterwards.</summary>
    private async Task<GuardStanding?> GuardAsync(SizeTerms terms, ObservedTarget target, DateTimeOffset now, CancellationToken cancellationToken) =>
        terms.Guard is not { } guard ? null : await guards.ReadAsync(
            guard with { Region = target.Region }, target.Id, target.Capacity,
            new GuardSpan(now - GuardCourse.Delay - GuardCourse.Window(guard) - terms.RollOut.Pause, now, terms.RollOut.Pause), now, cancellationToken).ConfigureAwait(false);

    /// <summary>What was used of another size says nothing of this one.</summary>
    private static Dictionary<(UsedPart Part, TimeSpan For), SizeUse> Since(
        SeenSize seen, IReadOnlyDictionary<(UsedPart Part, TimeSpan For), SizeUse> uses, DateTimeOffset now) => uses.ToDictionary(
            use => use.Key,
            use => seen.Since > SizeRequests.End(now) - use.Key.For
                ? new SizeUse.Unknown($"it has had this size since {seen.Since:yyyy-MM-dd HH:mm} only, and the last {DurationText.Of(use.Key.For)} are looked at")
                : use.Value);

    /// <summary>
    /// The size that off-hours ask for, taken through the guards that hold a change of which nobody has to find out whether it does: what
    /// is lowered is needed by nobody, and what comes back has carried the load before.
    /// </summary>
    public Task<SizeEvaluation> RestAsync(TargetEvaluation evaluation, Preflights preflights, CancellationToken cancellationToken) =>
        OwedAsync(
            OffSizes.Decision(evaluation.Target, evaluation.Off), OffSizes.Guards(evaluation.Off),
            evaluation with { Context = evaluation.Context with { SizeTerms = OffSizes.Terms } }, preflights, cancellationToken);

    private async Task<SizeEvaluation> OwedAsync(
        SizeDecision decision, IReadOnlyList<IPlanGuard> guards, TargetEvaluation evaluation, Preflights preflights, CancellationToken cancellationToken)
    {
        var (target, count, now) = (evaluation.Target, evaluation.Outcome.Decision, evaluation.Context.Now);
        var offers = await preflights.SizesAsync(target, cancellationToken).ConfigureAwait(false);
        var context = evaluation.Context with { Preflight = Preflight.Nothing };
        var outcome = SizePlanner.Plan(decision, offers, count, context, guards);
        if (outcome is not SizeOutcome.Planned || actions.SizedKindOf(target.Id) is not { } kind)
        {
            return new SizeEvaluation(outcome, now);
        }

        var facts = await preflights.OfSizeAsync(target, offers[decision.Desired], cancellationToken).ConfigureAwait(false);
        var sizing = await kind.ReadSizeAsync(target.Id, cancellationToken).ConfigureAwait(false);
        context = context with { Preflight = facts, Sizing = sizing };
        outcome = SizePlanner.Plan(decision, offers, count, context, guards);
        return new SizeEvaluation(outcome is SizeOutcome.Planned { Plan.IsByStopping: true } ? SizePlanner.Plan(decision, offers, count, context, BudgetSizes.OfStop) : outcome, now);
    }

    /// <summary>Acts on a plan; one that gives capacity up needs the tick's permission, as fewer instances do.</summary>
    public async Task<Result> ActAsync(
        SizeEvaluation sizing, TargetEvaluation evaluation, TargetRow row, LoweringPermits permits, string policyVersion, CancellationToken cancellationToken)
    {
        if (sizing.Outcome is not SizeOutcome.Planned { Plan: var plan })
        {
            return new Result(row, IsSent: false, sizing, null);
        }

        if (evaluation.Outcome is PlanOutcome.Planned)
        {
            return new Result(row, IsSent: false, sizing with { Note = "the count is changed first" }, null);
        }

        var (isRest, byBudget) = (evaluation.Off.Size is not null, plan.Decision.Reason is SizeReason.UnderBudget or SizeReason.BackFromBudget);
        if (!plan.Change.IsUp && (permits.WhyNot(plan.Target) ?? (isRest || byBudget ? SecondLook.WhyNot(row, evaluation.Target, permits) : null)) is { } whyNot)
        {
            return new Result(row, IsSent: false, sizing with { Note = whyNot }, Propose(plan, evaluation.Target));
        }

        var (begun, order) = isRest ? (OffTurns.RememberSize(row, evaluation), OffSizes.Order(plan, evaluation, policyVersion))
            : byBudget ? BudgetSizes.Act(evaluation.BudgetSize!, plan, evaluation, row, policyVersion)
            : plan.IsByStopping ? Stop(plan, evaluation, row, policyVersion) : (row, ActionOrder.Of(plan, evaluation, policyVersion));
        var attempt = await actions.ActAsync(begun, order, cancellationToken).ConfigureAwait(false);
        return new Result(attempt.Row.Version == begun.Version ? row : attempt.Row, attempt.IsSent, sizing with { Note = attempt.Text }, null);
    }

    /// <summary>The first step of a machine's way over a stop: the whole of it is in the row before anything is sent.</summary>
    internal static (TargetRow Row, ActionOrder Order) Stop(SizePlan plan, TargetEvaluation evaluation, TargetRow row, string policyVersion)
    {
        var restage = new Restage(row.Epoch + 1, plan.Change.From.Name, plan.Change.To.Name, plan.Terms, plan.UnhealthyBefore, evaluation.Context.Now)
        {
            Peak = plan.Peak,
            PolicyVersion = policyVersion,
            Tried = new RestageTry(RestageAct.Deallocate, plan.Change.From.Name, evaluation.Context.Now),
        };
        return (row with { Restage = restage }, RestageRunner.Order(row, restage, RestageAct.Deallocate, plan.ExpiresAt) with
        {
            FromSize = plan.Change.From.Name,
            Cause = $"{SizeText.Of(plan.Decision)}; stopped for it, because the hardware it runs on does not have the size, and that there is room for it, or for the old one, cannot be proven",
            InputsHash = evaluation.InputsHash,
            Minimum = evaluation.Minimum,
            Maximum = evaluation.Maximum,
        });
    }

    /// <summary>
    /// As a lowering of the count that gives up as much, one instance at least. It is expected: it follows hours of idleness, and
    /// waits for its window.
    /// </summary>
    private static LoweringProposal Propose(SizePlan plan, ObservedTarget target)
    {
        var left = (int)Math.Floor((double)plan.Instances * plan.Change.To.Cores / plan.Change.From.Cores);
        return new LoweringProposal(plan.Target, target.Region, plan.Instances, Math.Min(left, plan.Instances - 1), IsExpected: true);
    }
}
