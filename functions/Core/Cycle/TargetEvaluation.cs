using System.Security.Cryptography;
using System.Text;
using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.Forecasts.Loads;
using ScaleFunctions.Core.Forecasts.Schedules;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>The pure middle of the cycle for one target: signals, decision, plan.</summary>
public sealed record TargetEvaluation
{
    /// <summary>Metrics lag after a change and rates are counted over it, so at least this much is remembered.</summary>
    private static readonly TimeSpan LeastMemory = TimeSpan.FromMinutes(30);

    public required ObservedTarget Target { get; init; }

    public required IReadOnlyList<SignalReading> Readings { get; init; }

    public required PlanOutcome Outcome { get; init; }

    /// <summary>All that the guards knew.</summary>
    public required PlanContext Context { get; init; }

    /// <summary>Instances that are, or would be, asked for.</summary>
    public int Goal => Outcome switch
    {
        PlanOutcome.Planned { Plan: { Setting: not null, IsRaise: false } plan } => plan.Decision.Desired,
        PlanOutcome.Planned planned => planned.Plan.Goal,
        PlanOutcome.Held held => held.Goal,
        _ => Outcome.Decision.Desired,
    };

    /// <summary>Whether something would be written, or would be if we did more than observe.</summary>
    public bool WouldChange => Outcome is PlanOutcome.Planned or PlanOutcome.Held { Why.Guard: nameof(ModeGuard) };

    /// <summary>Whether what would be written is more than there is.</summary>
    public bool IsRaise => Outcome is PlanOutcome.Planned { Plan: var plan } ? plan.IsRaise : Goal > Outcome.Decision.Current;

    /// <summary>What would be written in place of the count; absent when that itself would be.</summary>
    public TargetId? Setting => Outcome is PlanOutcome.Planned planned ? planned.Plan.Setting : null;

    /// <summary>What was decided on the size; absent when that was not looked at.</summary>
    public SizeEvaluation? Sizing { get; init; }

    /// <summary>What off-hours come to; nothing where there are none.</summary>
    public OffStep Off { get; init; } = OffStep.None;

    /// <summary>What a step of a budget makes of the size; absent when none does.</summary>
    public BudgetSizeTurn? BudgetSize { get; init; }

    /// <summary>The load that is forecast, when it is and could be read.</summary>
    public LoadSample? Load { get; init; }

    /// <summary>How far back the policy looks at most.</summary>
    public required TimeSpan Memory { get; init; }

    /// <summary>How far back changes are counted, where that is longer.</summary>
    public TimeSpan ChangesMemory { get; init; }

    public required int Minimum { get; init; }

    public required int Maximum { get; init; }

    /// <summary>Hash of the readings, for the record of what was known.</summary>
    public string InputsHash => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('|', Readings.Select(reading => $"{reading}"))))[..8]);

    /// <summary>The signals that were above zero.</summary>
    public IReadOnlyList<string> Busy => [.. Readings
        .Where(reading => reading is SignalReading.Present { Load: > 0 } or SignalReading.Partial { Load: > 0 })
        .Select(reading => reading.Signal)];

    /// <summary>The signals that could not be read.</summary>
    public IReadOnlyList<string> Unreadable => [.. Readings
        .Where(reading => reading is not (SignalReading.Present or SignalReading.Partial))
        .Select(reading => reading.Signal)];

    /// <summary>The signals that rules look at; what only a formula uses is in the doubt of the formula, if it needed it.</summary>
    public required IReadOnlyList<SignalReading> Followed { get; init; }

    /// <summary>What the formulas that rules look at were calculated from, and what there is to know of the resource; empty when there is neither.</summary>
    public string Formulas { get; init; } = "";

    /// <summary>Whether a signal, or the inventory, could not prove anything.</summary>
    public bool IsInDoubt => Target.Tags is TargetTags.Unknown || Followed.Any(reading => reading is not SignalReading.Present);

    /// <summary>What a schedule lowers surprises nobody; load that fell to less than half within the last half hour is no ordinary evening.</summary>
    private const double Sudden = 0.5;

    /// <summary>The lowering as it goes to the tick's ledger.</summary>
    public LoweringProposal Propose(Plan plan, TargetRow row, DateTimeOffset now)
    {
        var isExpected = Outcome.Decision.Reason.IsOfSchedule
            || Outcome.Decision.Wanted >= Sudden * HighestLately(row.HistoryAt(now).Desires, plan, now);
        return new LoweringProposal(plan.Target, Target.Region, plan.From, plan.Goal, isExpected)
        {
            Desired = plan.Decision.Desired,
            HourlyPercent = Context.Guardrails.Min(guardrails => guardrails.MaxLoweredPercentPerHour),
        };
    }

    /// <summary>
    /// The most that was wanted in the last half hour. A desire holds until the next one; before the first, which is also the
    /// first after an outage of ours, the count itself was wanted.
    /// </summary>
    private static int HighestLately(IReadOnlyList<PastDesire> desires, Plan plan, DateTimeOffset now)
    {
        var inForce = desires.Where(desire => desire.At <= now - LeastMemory).Select(desire => desire.Instances).LastOrDefault(plan.From);
        return desires.Where(desire => desire.At > now - LeastMemory).Select(desire => desire.Instances).Append(inForce).Max();
    }

    public static TargetEvaluation Of(
        ObservedTarget target, TargetPolicies.Resolved policies, IReadOnlyDictionary<string, MetricSeries> metrics, TargetRow row,
        TickContext tick, PredictiveSchedule? schedule = null, CountWish? wish = null, OffStep? off = null)
    {
        var rest = off ?? OffStep.None;
        var scheduled = Rested(policies.Horizontal, rest.Wish, target.Capacity, tick.Now);
        var acting = rest.Wish is OffWish.Lower { IsStop: true } ? null : ForecastUse.Acting(schedule, policies, target.Sku, tick.Now);
        var loss = LossToSurvive.Of(scheduled.SurvivesLossOf, target.Zones);
        var raised = acting is null ? scheduled : ForecastUse.Raised(scheduled, policies.Predictive, acting, loss, tick.Now);
        var kept = row.Joint is { } joint && joint.Holds(row.RollOut?.To, tick.Now) ? joint.Bound(raised) : raised;
        var measures = BudgetUse.InForce(tick, target, policies, row);
        var need = BudgetUse.Need(acting, loss, tick.Now);
        var down = measures.OfType<BudgetMeasure.StandDown>().FirstOrDefault();
        var (budgeted, budgetMaximum) = BudgetUse.Bounded(kept, policies, measures, need);
        var given = row.Override is { } asked && asked.IsActive(tick.Now) ? asked : null;
        var horizontal = down is not null ? BudgetUse.Down(budgeted, target) : BudgetUse.Restored(given is null ? budgeted : budgeted.Under(given), row.Budget);
        var history = row.HistoryAt(tick.Now);
        var signals = policies.LoadBased?.Signals ?? [];
        var readings = SignalReadings.Of(signals, Counted(signals, metrics, row, target, horizontal.WarmUp, tick.Now), tick.Now, target.Capacity, history.LastBusyAt);
        var followed = down is not null ? [] : readings.Where(reading => policies.LoadBased!.Follows(reading.Signal)).ToList();
        var decision = SteppedDecision.Of(BudgetUse.Tell(measures, budgetMaximum, ScalingDecisions.Decide(new ScalingContext
        {
            Now = tick.Now,
            Current = target.Capacity,
            Horizontal = horizontal,
            LoadBased = down is null ? policies.LoadBased : null,
            Loss = loss,
            Readings = readings,
            History = history,
            Schedule = acting,
            Wish = down is null ? wish : null,
            Off = down is null ? rest.Wish : null,
        })), policies.Declared?.RangeOf(target.Sku));
        var context = new PlanContext
        {
            Now = tick.Now,
            Target = Bounded(target, policies.Workload.Actuator),
            Owner = OwnerOf(target, row, tick.Now),
            Horizontal = horizontal,
            Actuator = policies.Workload.Actuator,
            Declared = policies.Declared,
            Mode = policies.Workload.Mode,
            ModeCeiling = tick.ModeCeiling,
            Stop = Stop(tick.Stop, row.Pause, tick.Now),
            NeedsProof = rest.Wish is OffWish.Lower { IsIdle: true },
            Hold = row.Hold,
            Freezes = policies.Freezes,
            Guardrails = policies.Guardrails,
            Rooms = tick.Rooms,
            Preflight = tick.Preflight,
            History = history,
            Refused = row.Refusal,
            Quarantine = row.Quarantine,
            ForeignSince = row.Foreign?.Since,
            Shortages = tick.Shortages,
            Grounds = RefusalGrounds.Of(policies.Version.Length > 0 ? policies.Version : tick.PolicyVersion, target.Tags, tick.Preflight, target.Native),
            Open = row.Intent is { } intent ? new OpenAction(intent.Epoch, intent.Goal) : null,
            InventoryDoubt = tick.InventoryDoubt,
            Reporting = MostReporting(followed, signals),
            Fall = row.Unexplained is { } drift && drift.Found < drift.Expected ? new CapacityFall(drift.Expected, drift.Found, drift.At) : null,
            Lifetime = 2 * tick.Interval,
            Vertical = policies.Vertical,
            SizeTerms = policies.Vertical?.Terms ?? policies.Rightsizing?.Terms,
            RollsOut = row.RollOut?.To ?? row.Restage?.To,
            IsRestaged = row.Restage is not null,
            BudgetFreeze = BudgetUse.Freeze(measures, policies, row, given, need),
            BudgetMaximum = budgetMaximum,
        };
        var outcome = Planner.Plan(decision, context);
        return new TargetEvaluation
        {
            Target = target,
            Readings = readings,
            Formulas = string.Join("; ", new[] { ReadingText.Formulas(followed, policies.LoadBased), target.Remark, rest.Note }.Where(text => text.Length > 0)),
            Followed = followed,
            Outcome = outcome,
            Context = context,
            Off = rest,
            BudgetSize = BudgetSizes.Turn(measures, row, rest, target, tick.Now),
            Load = ForecastUse.Sample(policies, readings),
            Memory = LongestLookBack(horizontal),
            ChangesMemory = horizontal.MaxActionsPerDay is null ? LoweredLately.Window : ActionsGuard.Day,
            Minimum = horizontal.Minimum,
            Maximum = horizontal.Maximum,
        };
    }

    /// <summary>
    /// The bounds as they hold now. In off-hours the minimum is that of off-hours, but for floors, which somebody wanted for this very
    /// time; on the way back it is what there was before.
    /// </summary>
    private static HorizontalScalingPolicy Rested(HorizontalScalingPolicy policy, OffWish? wish, int current, DateTimeOffset now) => wish switch
    {
        OffWish.Lower lower => policy.LoweredTo(lower.Instances).At(now),
        OffWish.Leave => policy.LoweredTo(current).At(now),
        OffWish.Return back => policy.At(now).LiftedTo(back.Instances, back.By, "back from off-hours as it was"),
        _ => policy.At(now),
    };

    /// <summary>A floor lies below the maximum of the setting that is steered: that is the platform's as far as we are concerned.</summary>
    private static ObservedTarget Bounded(ObservedTarget target, Actuator actuator) =>
        actuator != Actuator.Direct && target.Native is NativeAutoscale.Steerable native && native.Maximum < (target.Most?.Instances ?? int.MaxValue)
            ? target with { Most = new PlatformBound(native.Maximum, $"the autoscale setting {native.Setting.Name}, whose maximum is not ours to raise") }
            : target;

    /// <summary>The samples of the target's own instances, each with the number of instances it stands for.</summary>
    private static Dictionary<string, MetricSeries> Counted(
        IReadOnlyList<SignalPolicy> signals, IReadOnlyDictionary<string, MetricSeries> metrics, TargetRow row, ObservedTarget target,
        TimeSpan warmUp, DateTimeOffset now)
    {
        var seenAt = row.LastKnownCapacity is not { } known ? null : known == target.Capacity ? row.LastKnownAt : target.ReadAt;
        var (changes, counted) = (row.HistoryAt(now).Changes, new Dictionary<string, MetricSeries>(metrics.Count));
        foreach (var (name, series) in metrics)
        {
            counted[name] = signals.FirstOrDefault(signal => signal.Name == name) is { CountsInstances: true } signal
                ? AssumedCounts.Fill(SignalReader.Whole(signal, series, now, target.Capacity), changes, target.Capacity, warmUp, seenAt)
                : series;
        }

        return counted;
    }

    /// <summary>Who sets its capacity: as the inventory found, or as its own past tells.</summary>
    internal static CapacityOwner OwnerOf(ObservedTarget target, TargetRow row, DateTimeOffset now) =>
        target.Owner.LeavesItToUs ? ResetSuspicion.Of(row.Resets, now) ?? target.Owner : target.Owner;

    private static WriteStop Stop(WriteStop fleet, TargetPause? pause, DateTimeOffset now) =>
        fleet is WriteStop.None && pause is not null && pause.IsActive(now)
            ? new WriteStop.Pause(pause.By, pause.Reason, pause.Until)
            : fleet;

    /// <summary>
    /// The most instances that reported to anything a decision rests on, formulas' inputs included. A signal that nothing uses
    /// has no say: if it had, losing it would change something.
    /// </summary>
    private static double? MostReporting(IReadOnlyList<SignalReading> readings, IReadOnlyList<SignalPolicy> signals)
    {
        double? most = null;
        foreach (var reading in readings)
        {
            if (Reporting(reading) is { } own && (most is null || own > most) && Counts(reading.Signal, signals))
            {
                most = own;
            }

            if (reading.Inputs.Count > 0 && MostReporting(reading.Inputs, signals) is { } inputs && (most is null || inputs > most))
            {
                most = inputs;
            }
        }

        return most;
    }

    private static bool Counts(string name, IReadOnlyList<SignalPolicy> signals)
    {
        foreach (var signal in signals)
        {
            if (signal.CountsInstances && signal.Name == name)
            {
                return true;
            }
        }

        return false;
    }

    private static double? Reporting(SignalReading reading) => reading switch
    {
        SignalReading.Present present => present.Instances,
        SignalReading.Partial partial => partial.Instances,
        _ => null,
    };

    private static TimeSpan LongestLookBack(HorizontalScalingPolicy policy) => new[]
    {
        LeastMemory,
        policy.ScaleIn.Stabilization,
        policy.ScaleIn.Cooldown,
        policy.ScaleIn.AtMost?.Per ?? TimeSpan.Zero,
        policy.ScaleOut.Stabilization,
        policy.ScaleOut.Cooldown,
        policy.ScaleOut.AtMost?.Per ?? TimeSpan.Zero,
        policy.WarmUp,
    }.Max();
}
