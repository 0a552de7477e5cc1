using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Forecasts.Schedules;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Backtests;

/// <summary>
/// Policy files in a replay: evaluated by the code that evaluates them in production, remembered by the same transitions of the
/// row, raises at once, lowerings when the next tick decides them again. Only what tells of it is left out: intents end with
/// their minute, and no journal is kept.
/// </summary>
public sealed class ReplayedPolicies : IFleetPolicy
{
    private readonly TargetPolicies.Resolved _policies;
    private readonly ObservedTarget _target;
    private readonly ReplayedLoad _load;
    private readonly ReplayedMetrics _metrics;
    private readonly ReplayedForecasts? _forecasts;
    private readonly bool _isCapped;
    private readonly int?[]? _predicted;
    private readonly Dictionary<string, int> _held = [];
    private readonly List<ReplayedChange> _changes = [];
    private TargetRow _row;
    private (LoweringProposal Lowering, bool IsInDoubt)? _proposed;

    public ReplayedPolicies(ReplaySetup setup, ReplayedLoad load)
    {
        _policies = setup.Policies with { Workload = setup.Policies.Workload with { Mode = PolicyMode.Act } };
        (_target, _load) = (setup.Target, load);
        _metrics = new ReplayedMetrics(setup.Signals, load, InstanceCounts.AreMeasured(setup.Target));
        _isCapped = _policies.Guardrails.Any(guardrails => guardrails.Fleet is not null);
        (_forecasts, _predicted) = _policies.Predictive is null ? (null, null) : (new ReplayedForecasts(_policies), new int?[load.Demand.Minutes]);

        // As on a target that was scaled before: its boots are known.
        _row = new TargetRow { Target = setup.Target.Id, StartSeconds = [.. Enumerable.Repeat(setup.BootMinutes * 60d, IntentTransitions.StartsKept)] };
    }

    /// <summary>Scored minutes in which a guard held a change back, by its name.</summary>
    public IReadOnlyDictionary<string, int> HeldMinutes => _held;

    /// <summary>What was changed in scored minutes, in order.</summary>
    public IReadOnlyList<ReplayedChange> Changes => _changes;

    /// <summary>For each minute the instances that the schedule in force then foresaw for it; empty without forecasts.</summary>
    public IReadOnlyList<int?> Predicted => _predicted ?? [];

    public int Decide(FleetView view)
    {
        var now = _load.At(view.Minute);
        _forecasts?.Refresh(_row, now);
        var schedule = _forecasts?.Schedule;
        Note(schedule, view.Minute, now);
        var target = _target with { Capacity = view.Capacity, ReadAt = now };
        var evaluation = TargetEvaluation.Of(target, _policies, _metrics.At(view), _row, Tick(target, now), schedule);
        var goal = Act(evaluation, view.Minute, now);
        _row = _row.Learn(
            now, evaluation.Outcome.Decision.Wanted, evaluation.Busy, (evaluation.Memory, evaluation.ChangesMemory), evaluation.Unreadable,
            evaluation.Load);
        return goal;
    }

    private TickContext Tick(ObservedTarget target, DateTimeOffset now) => new()
    {
        Now = now,
        ModeCeiling = PolicyMode.Act,
        Stop = new WriteStop.None(),
        Interval = SignalReader.Grain,
        Rooms = !_isCapped
            ? []
            : FleetRooms.Of(_policies.Guardrails, [new FleetMember(_policies.Workload.Name, target.Sku, target.Capacity)]),
    };

    /// <summary>As the cycle does with a plan; the instances there are afterwards.</summary>
    private int Act(TargetEvaluation evaluation, int minute, DateTimeOffset now)
    {
        var permits = Judge(_proposed, now);
        _proposed = null;
        if (evaluation.Outcome is PlanOutcome.Held { Why.Guard: var guard } && minute >= _load.Demand.ScoredFrom)
        {
            _held[guard] = _held.GetValueOrDefault(guard) + 1;
        }

        if (evaluation.Outcome is not PlanOutcome.Planned { Plan: var plan })
        {
            return evaluation.Target.Capacity;
        }

        var lowering = plan.IsRaise ? null : evaluation.Propose(plan, _row, now);
        if (lowering is not null)
        {
            _proposed = (lowering, evaluation.IsInDoubt);
            if (permits.WhyNot(lowering) is not null)
            {
                return plan.From;
            }
        }

        _row = _row with { History = _row.History.Add(new PastChange(now, plan.From, plan.Goal) { IsUnexpected = lowering is { IsExpected: false } }) };
        if (minute >= _load.Demand.ScoredFrom)
        {
            _changes.Add(new ReplayedChange(minute, plan));
        }

        return plan.Goal;
    }

    /// <summary>What this tick says of the lowering that the last one proposed: it is alone in its fleet.</summary>
    private LoweringPermits.Judged Judge((LoweringProposal Lowering, bool IsInDoubt)? proposed, DateTimeOffset now)
    {
        if (proposed is not { } known)
        {
            return new LoweringPermits.Judged(new Dictionary<string, string>());
        }

        var (lowering, isInDoubt) = known;
        var count = new FleetCount(lowering.Target.Subscription, lowering.Region, 1, isInDoubt ? 1 : 0)
        {
            Instances = LoweredLately.Most(_row with { LastKnownCapacity = lowering.From }, now),
            LoweredInHour = LoweredLately.Unexpected(_row, now),
        };
        var verdict = LoweringCaps.Judge([lowering], [count], isApproved: false)[0];
        return new LoweringPermits.Judged(new Dictionary<string, string> { [verdict.Target.Key] = verdict.Why })
        {
            Surprises = verdict.IsPermitted && !lowering.IsExpected ? new Dictionary<string, int> { [verdict.Target.Key] = lowering.Goal } : new Dictionary<string, int>(),
        };
    }

    private void Note(PredictiveSchedule? schedule, int minute, DateTimeOffset now)
    {
        if (_predicted is not null)
        {
            _predicted[minute] = schedule?.Highest(now, now + SignalReader.Grain)?.Instances;
        }
    }
}
