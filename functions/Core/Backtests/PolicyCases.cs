using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Backtests;

/// <summary>
/// Plays the cases that stand beside policies: through the same signals, decisions and guards as a tick, as an installation
/// that acts would. Nothing is written anywhere.
/// </summary>
public static class PolicyCases
{
    private const string Actor = "test";

    public static IReadOnlyList<PolicyCaseResult> Play(PolicySet policies) =>
        [.. policies.Tests.SelectMany(test => test.Cases.Select(each => Play(policies, test.Name, each)))];

    private static PolicyCaseResult Play(PolicySet policies, string test, PolicyCase given)
    {
        if (policies.For(given.Target) is not TargetPolicies.Resolved resolved)
        {
            var why = policies.For(given.Target) switch
            {
                TargetPolicies.None none => none.Reason,
                TargetPolicies.Conflict conflict => conflict.Message,
                _ => "",
            };
            return new PolicyCaseResult(test, given.Name, given.Source, [$"no policy applies: {why}"], "", "");
        }

        var signals = resolved.LoadBased?.Signals ?? [];
        var unknown = given.Signals.Keys
            .Select(name => (Name: name, Signal: signals.FirstOrDefault(signal => signal.Name == name)))
            .Where(each => each.Signal is null || !IsMeasured(each.Signal))
            .Select(each => each.Signal is null
                ? $"the policies of '{resolved.Workload.Name}' have no signal '{each.Name}'"
                : $"the signal '{each.Name}' is no metric, so it cannot be given; give what it is calculated from")
            .ToList();
        if (unknown.Count > 0)
        {
            return new PolicyCaseResult(test, given.Name, given.Source, unknown, "", "");
        }

        var evaluation = Evaluate(resolved, given);
        var text = $"{given.Target.Capacity} → {After(evaluation)}, {Outcome(evaluation.Outcome)}";
        return new PolicyCaseResult(test, given.Name, given.Source, Differences(given.Then, evaluation), text, ReadingText.With(OutcomeText.Reason(evaluation.Outcome), evaluation.Formulas));
    }

    /// <summary>The last of the evaluations, one a minute, while the signals are as they are and nothing is changed.</summary>
    private static TargetEvaluation Evaluate(TargetPolicies.Resolved policies, PolicyCase given)
    {
        var row = new TargetRow
        {
            Target = given.Target.Id,
            Pause = given.IsPaused ? new TargetPause(Actor, "the case says so", given.At, null) : null,
            History = new TargetHistory
            {
                Changes = [.. given.Changes.Select(change => new PastChange(given.At - change.Ago, change.From, change.To)).OrderBy(change => change.At)],
                LastBusyAt = given.Signals.Where(signal => signal.Value is GivenSignal.SuspiciousZero)
                    .ToDictionary(signal => signal.Key, _ => given.At - given.For - SignalReader.Grain),
            },
        };
        for (var before = Math.Floor(given.For.TotalMinutes); before > 0; before--)
        {
            var earlier = Evaluate(policies, given, row, given.At.AddMinutes(-before));
            var span = DecisionSpans.Of(earlier, given.At.AddMinutes(-before), isSent: false, "");
            row = row.Evaluated(span, earlier.Outcome.Decision.Wanted, earlier.Busy, (earlier.Memory, earlier.ChangesMemory), Actor, earlier.Unreadable);
        }

        return Evaluate(policies, given, row, given.At);
    }

    private static TargetEvaluation Evaluate(TargetPolicies.Resolved policies, PolicyCase given, TargetRow row, DateTimeOffset now) => TargetEvaluation.Of(
        given.Target with { ReadAt = now },
        policies with { Workload = policies.Workload with { Mode = PolicyMode.Act } },
        Metrics(policies, given, now),
        row,
        new TickContext { Now = now, ModeCeiling = PolicyMode.Act, Stop = new WriteStop.None(), Interval = SignalReader.Grain, Rooms = Rooms(policies, given) });

    /// <summary>A case is about one target: it is all that its guardrails bound.</summary>
    private static IReadOnlyList<FleetRoom> Rooms(TargetPolicies.Resolved policies, PolicyCase given) =>
        FleetRooms.Of(policies.Guardrails, [new FleetMember(policies.Workload.Name, given.Target.Sku, given.Target.Capacity)]);

    private static Dictionary<string, MetricSeries> Metrics(TargetPolicies.Resolved policies, PolicyCase given, DateTimeOffset now) =>
        (policies.LoadBased?.Signals ?? []).Where(IsMeasured).ToDictionary(signal => signal.Name, signal => Series(signal, given, now));

    /// <summary>Formulas are calculated, and what this version does not read stays unread here too.</summary>
    private static bool IsMeasured(SignalPolicy signal) => signal.From is SignalSource.Metric;

    private static MetricSeries Series(SignalPolicy signal, PolicyCase given, DateTimeOffset now) => given.Signals.GetValueOrDefault(signal.Name) switch
    {
        GivenSignal.Value value => Samples(signal, value.Number, given.Target, now),
        GivenSignal.SuspiciousZero => Samples(signal, 0, given.Target, now),
        GivenSignal.Stale => Samples(signal, 1, given.Target, now - signal.MaximumAge - SignalReader.Grain),
        GivenSignal.Missing => new MetricSeries.Failed("the case says so"),
        _ => new MetricSeries.Failed("the case does not name it"),
    };

    /// <summary>One sample a minute over the window and as much again, the newest as late as Azure usually delivers.</summary>
    private static MetricSeries.Received Samples(SignalPolicy signal, double value, ObservedTarget target, DateTimeOffset now)
    {
        int? instances = InstanceCounts.AreMeasured(target) ? target.Capacity : null;
        var newest = now - (2 * SignalReader.Grain);
        var count = (int)Math.Ceiling((signal.Window + signal.MaximumAge) / SignalReader.Grain);
        return new MetricSeries.Received([.. Enumerable.Range(0, count).Reverse().Select(ago => new MetricPoint(newest - (ago * SignalReader.Grain), value, instances))]);
    }

    private static int After(TargetEvaluation evaluation) =>
        evaluation.Outcome is PlanOutcome.Planned planned ? planned.Plan.Goal : evaluation.Target.Capacity;

    private static string Outcome(PlanOutcome outcome) => outcome switch
    {
        PlanOutcome.Held held => $"held by {held.Why.Guard}",
        PlanOutcome.Planned planned => planned.Plan.IsRaise ? "scale-out" : "scale-in",
        _ => "unchanged",
    };

    private static IReadOnlyList<string> Differences(PolicyExpectation then, TargetEvaluation evaluation)
    {
        var outcome = Outcome(evaluation.Outcome);
        var reason = OutcomeText.Reason(evaluation.Outcome);
        var guard = (evaluation.Outcome as PlanOutcome.Held)?.Why.Guard;
        return [.. new[]
        {
            then.Instances is { } instances && instances != After(evaluation) ? $"expected {instances} instances, got {After(evaluation)}" : null,
            then.Outcome is { } wanted && wanted != (guard is null ? outcome : "held") ? $"expected {wanted}, got {outcome}" : null,
            then.HeldBy is { } by && by != guard ? $"expected to be held by {by}, got {outcome}" : null,
            then.Because is { } because && !reason.Contains(because, StringComparison.OrdinalIgnoreCase) ? $"expected a reason with '{because}'" : null,
        }.OfType<string>()];
    }
}
