using ScaleFunctions.Core.Checks;
using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// The size of one target in its turn: decides, asks the resource what it needs once a change is near, and acts. The count goes
/// first: while that is to change, the size waits.
/// </summary>
internal sealed class SizeTurns(ActionRunner actions, GuardReader guards, JointWishes wishes)
{
    /// <summary>What became of a turn.</summary>
    /// <param name="Row">The row as last written.</param>
    /// <param name="IsSent">Whether a write left for Azure.</param>
    /// <param name="Evaluation">What was decided.</param>
    /// <param name="Proposal">The lowering, where it needs the tick's permission.</param>
    public sealed record Result(TargetRow Row, bool IsSent, SizeEvaluation Evaluation, LoweringProposal? Proposal);

    /// <summary>Decides. What Azure says of the resource is read only when nothing else holds the change.</summary>
    public async Task<SizeEvaluation> EvaluateAsync(
        TargetEvaluation evaluation, IReadOnlyDictionary<UsedPart, MetricSeries> series, TargetRow row, Preflights preflights,
        CancellationToken cancellationToken)
    {
        var (target, count, now) = (evaluation.Target, evaluation.Outcome.Decision, evaluation.Context.Now);
        var policy = evaluation.Context.Vertical ?? throw new InvalidOperationException($"No policy says which sizes {target.Id} may have");
        var sizes = row.Sizes.See(target.Sku, now);
        var offers = await preflights.SizesAsync(target, cancellationToken).ConfigureAwait(false);
        var asked = new SizeContext
        {
            Current = target.Sku,
            Instances = target.Capacity,
            Policy = policy,
            Loss = LossToSurvive.Of(evaluation.Context.Horizontal.SurvivesLossOf, target.Zones),
            Uses = Since(sizes.Seen!, SizeRequests.Uses(target, offers.GetValueOrDefault(target.Sku), policy, series, now), now),
            Offers = offers,
        };
        var step = SizeDecisions.Decide(asked);
        var wish = await wishes.ReadAsync(evaluation, policy, row, cancellationToken).ConfigureAwait(false);
        var decision = JointDecisions.Decide(step, wish, asked, evaluation.Context.Horizontal.Maximum, row.Joint is { } begun && begun.Holds(row.RollOut?.To, now) ? begun : null);
        var context = evaluation.Context with
        {
            SizeHistory = sizes,
            Open = row.Intent is { } intent ? new OpenAction(intent.Epoch, intent.Goal) : null,
            Preflight = Preflight.Nothing,
            PeakAhead = row.Peak is { } look ? new AwaitedPeak(look.Of.To, look.To, look.Doubt) : null,
            Peak = PeakHour.Of(series.GetValueOrDefault(UsedPart.Cpu), SizeRequests.Grain, SizeRequests.End(now)),
        };
        var outcome = SizePlanner.Plan(decision, offers, count, context);
        if (outcome is not SizeOutcome.Planned)
        {
            return new SizeEvaluation(outcome, now) { Wish = wish };
        }

        context = context with { Guard = await GuardAsync(policy, target, now, cancellationToken).ConfigureAwait(false) };
        var facts = await preflights.OfSizeAsync(target, offers[decision.Desired], cancellationToken).ConfigureAwait(false);
        outcome = SizePlanner.Plan(decision, offers, count, context with { Preflight = facts });
        if (outcome is not SizeOutcome.Planned)
        {
            return new SizeEvaluation(outcome, now) { Wish = wish };
        }

        if (actions.SizedKindOf(target.Id) is not { } kind)
        {
            var unread = new GuardReason.SizeUnread($"nothing here changes the size of a {target.Id.ResourceType}");
            return Told(new SizeOutcome.Held(decision, new GuardVerdict.Block(nameof(SizeTurns), unread)));
        }

        var sizing = await kind.ReadSizeAsync(target.Id, cancellationToken).ConfigureAwait(false);
        return Begin(Told(SizePlanner.Plan(decision, offers, count, context with { Preflight = facts, Sizing = sizing })), row, policy, now);

        SizeEvaluation Told(SizeOutcome told) => new(told, now) { Wish = wish };
    }

    /// <summary>Where only instances are missing they are asked for: once in a rest, so that what never comes is not bought again and again.</summary>
    private static SizeEvaluation Begin(SizeEvaluation evaluation, TargetRow row, VerticalScalingPolicy policy, DateTimeOffset now) =>
        evaluation.Outcome is SizeOutcome.Held { Decision: var decision, Why.Reason: GuardReason.StrengthMissing missing }
            && (row.Joint is not { } last || now >= last.Until + policy.Rest)
            ? evaluation with { Begins = new JointMove(decision.Desired, missing.Needed, now + JointMove.Patience) }
            : evaluation;

    /// <summary>What the guard says before anything changes: beyond its bounds then, it would prove nothing afterwards.</summary>
    private async Task<GuardStanding?> GuardAsync(VerticalScalingPolicy policy, ObservedTarget target, DateTimeOffset now, CancellationToken cancellationToken) =>
        policy.Guard is not { } guard ? null : await guards.ReadAsync(
            guard with { Region = target.Region }, target.Id, target.Capacity,
            new GuardSpan(now - GuardCourse.Delay - GuardCourse.Window(guard) - policy.RollOut.Pause, now, policy.RollOut.Pause), now, cancellationToken).ConfigureAwait(false);

    /// <summary>What was used of another size says nothing of this one.</summary>
    private static Dictionary<(UsedPart Part, TimeSpan For), SizeUse> Since(
        SeenSize seen, IReadOnlyDictionary<(UsedPart Part, TimeSpan For), SizeUse> uses, DateTimeOffset now) => uses.ToDictionary(
            use => use.Key,
            use => seen.Since > SizeRequests.End(now) - use.Key.For
                ? new SizeUse.Unknown($"it has had this size since {seen.Since:yyyy-MM-dd HH:mm} only, and the last {DurationText.Of(use.Key.For)} are looked at")
                : use.Value);

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

        if (!plan.Change.IsUp && permits.WhyNot(plan.Target) is { } whyNot)
        {
            return new Result(row, IsSent: false, sizing with { Note = whyNot }, Propose(plan, evaluation.Target));
        }

        var (begun, order) = plan.IsByStopping ? Stop(plan, evaluation, row, policyVersion) : (row, ActionOrder.Of(plan, evaluation, policyVersion));
        var attempt = await actions.ActAsync(begun, order, cancellationToken).ConfigureAwait(false);
        return new Result(attempt.Row.Version == begun.Version ? row : attempt.Row, attempt.IsSent, sizing with { Note = attempt.Text }, null);
    }

    /// <summary>The first step of a machine's way over a stop: the whole of it is in the row before anything is sent.</summary>
    private static (TargetRow Row, ActionOrder Order) Stop(SizePlan plan, TargetEvaluation evaluation, TargetRow row, string policyVersion)
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
