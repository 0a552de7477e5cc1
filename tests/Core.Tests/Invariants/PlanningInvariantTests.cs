using CsCheck;
using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Invariants;

/// <summary>
/// The invariants that are about what is decided and planned, over any input.
/// <para>
/// | Invariant | Here |
/// | 1, 2, 3, 5, 6, 8, 13, 14 | below |
/// | 7 (veto signals) | <see cref="ScaleFunctions.Core.Tests.Decisions.Scaling.VetoSignalsTests"/> |
/// | 4, 11, 15, 17 to 22, 24, 36 | <see cref="WorldInvariantTests"/> |
/// </para>
/// </summary>
public sealed class PlanningInvariantTests
{
    private const int Cases = 10_000;

    [Fact]
    public void Invariant_1_every_goal_is_within_the_bounds_or_on_the_way_back_to_them() => Chaos.Any.Sample(
        situation =>
        {
            var (minimum, maximum, next) = (situation.Horizontal.Minimum, situation.Horizontal.Maximum, situation.Next());
            return next == situation.Capacity
                || (next >= minimum && next <= maximum)
                || (situation.Capacity < next && next < minimum)
                || (situation.Capacity > next && next > maximum);
        },
        iter: Cases);

    /// <summary>No exception, whatever comes in; numbers that are not finite never get past the readings.</summary>
    [Fact]
    public void Invariant_2_any_input_gives_a_count_or_a_hold() => Chaos.Any.Sample(
        situation =>
        {
            var evaluation = situation.Evaluate();
            var decision = evaluation.Outcome.Decision;
            Assert.All(evaluation.Readings, reading => Assert.True(reading switch
            {
                SignalReading.Present present => double.IsFinite(present.Value + present.Instances + present.Load + present.BusyLoad),
                SignalReading.Partial partial => double.IsFinite(partial.Value + partial.Instances + partial.Load),
                _ => true,
            }));
            Assert.All(decision.Counterfactuals, turn => Assert.True(double.IsFinite(turn.Now + turn.OutAbove + turn.InBelow)));
            Assert.True(decision.Desired == decision.Current || decision.Desired >= situation.Horizontal.Minimum);
        },
        iter: Cases);

    [Fact]
    public void Invariant_2_holds_for_readings_with_any_numbers() =>
        Gen.Select(Gen.Int[1, 40], Chaos.Number, Chaos.Number, Chaos.Number, Chaos.Number).Sample(
            (current, value, instances, load, target) =>
            {
                var decision = ScalingDecisions.Decide(Some.Context(
                    current, [new SignalReading.Present("cpu", value, instances, load, Some.At(-2))],
                    loadBased: Some.LoadBased([Some.Tracking(target)])));

                return decision.Desired == current
                    || (new[] { value, instances, load, target }.All(double.IsFinite) && decision.Desired is >= 1 and <= 100);
            },
            iter: Cases);

    [Fact]
    public void Invariant_3_no_step_is_larger_than_the_rate_allows() => Chaos.Any.Sample(
        situation =>
        {
            var (from, next) = (situation.Capacity, situation.Next());
            var limit = next > from ? situation.Horizontal.ScaleOut.AtMost : situation.Horizontal.ScaleIn.AtMost;
            if (limit is null || next == from || (next > from && next <= situation.Horizontal.Minimum))
            {
                return true;
            }

            var moved = situation.History.Changes.Where(change => change.At > Some.Noon - limit.Per)
                .Sum(change => Math.Max(0L, next > from ? change.To - change.From : change.From - change.To));
            var start = Math.Max(1, next > from ? from - moved : from + moved);
            var share = limit.Percent is { } percent ? Math.Ceiling(start * percent / 100) : (double?)null;
            var count = limit.Instances!.Value;
            var allowed = share is null ? count : limit.Choose == RateChoice.Larger ? Math.Max(share.Value, count) : Math.Min(share.Value, count);
            return Math.Abs((long)next - from) + moved <= allowed;
        },
        iter: Cases);

    /// <summary>A lowering ends no further below the highest count of the period than the rate allows from there.</summary>
    [Fact]
    public void Invariant_3_no_lowering_goes_further_below_the_peak_than_the_rate_allows() => Chaos.Any.Sample(
        situation =>
        {
            var next = situation.Next();
            if (next >= situation.Capacity || situation.Horizontal.ScaleIn.AtMost is not { } limit)
            {
                return true;
            }

            var peak = situation.History.Changes.Where(change => change.At > Some.Noon - limit.Per && change.At <= Some.Noon)
                .Select(change => Math.Max(change.From, change.To)).Append(situation.Capacity).Max();
            return peak - next <= limit.Allowed(peak);
        },
        iter: Cases);

    [Fact]
    public void Invariant_5_nothing_is_lowered_in_doubt() => Chaos.Any.Sample(
        situation =>
        {
            var isDoubtful = situation.IsInventoryPartial || situation.AreTagsUnknown
                || situation.Evaluate().Readings.Any(reading => reading is not SignalReading.Present);
            return !isDoubtful || situation.Next() >= situation.Capacity;
        },
        iter: Cases);

    [Fact]
    public void Invariant_5_nothing_is_raised_without_a_valid_signal_but_to_the_minimum_or_what_is_wanted_when_blind() => Chaos.Any.Sample(
        situation =>
        {
            var isBlind = situation.Evaluate().Readings.All(reading => reading is not (SignalReading.Present or SignalReading.Partial));
            var reach = Math.Max(situation.Horizontal.Minimum, situation.LoadBased.Signals.Count > 0 ? situation.Horizontal.WhenBlind ?? 0 : 0);
            return !isBlind || situation.Next() <= Math.Max(situation.Capacity, reach);
        },
        iter: Cases);

    /// <summary>
    /// Taking a sample away, or making garbage of it, never gives fewer instances than all samples gave, unless there are
    /// more instances already. The newest sample is only made garbage: one that is not there at all looks like one that
    /// has yet to arrive, and the decision is that of a minute ago.
    /// </summary>
    [Fact]
    public void Invariant_6_doubt_never_lowers() =>
        Gen.Select(
            Chaos.Any, Gen.Double[0, 100].Array[4, 14], Gen.Double[1, 30], Gen.Int[0, 13],
            Chaos.OneOf<double?>(null, double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1, 1e300)).Sample(
            (situation, averages, count, position, garbage) =>
            {
                var points = averages.Select((average, index) => Some.Point(index - averages.Length - 1, average, count)).ToArray();
                var full = situation with { Cpu = new MetricSeries.Received(points) };
                var doubtful = points.ToArray();
                position %= points.Length;
                doubtful[position] = doubtful[position] with { Value = position == points.Length - 1 ? garbage ?? double.NaN : garbage };
                var less = full with { Cpu = new MetricSeries.Received(doubtful) };

                return less.Next() >= Math.Min(full.Capacity, full.Next());
            },
            iter: Cases);

    [Fact]
    public void Invariant_6_losing_the_metrics_altogether_never_lowers() => Chaos.Any.Sample(
        situation => (situation with { Cpu = new MetricSeries.Failed("503"), Memory = new MetricSeries.Failed("503") }) is var blind
            && (blind.LoadBased.Signals.Count == 0 || blind.Next() >= situation.Capacity),
        iter: Cases);

    [Fact]
    public void Invariant_8_a_forecast_never_yields_less_than_the_answer_without_it() => Chaos.Foreseen.Sample(
        situation => situation.Next() >= (situation with { Schedule = null }).Next(),
        iter: Cases);

    /// <summary>Nor more than the bounds: those of the policy, or what its forecast may raise the maximum to.</summary>
    [Fact]
    public void Invariant_8_a_forecast_raises_within_the_bounds_in_force() => Chaos.Foreseen.Sample(
        situation => situation.Next() is var next
            && (next <= situation.Capacity || next <= Math.Max(situation.Horizontal.Maximum, situation.Predictive!.RaisedMaximum ?? 0)),
        iter: Cases);

    [Fact]
    public void Invariant_8_is_about_forecasts_that_change_something()
    {
        var (raised, kept, same) = (0, 0, 0);
        Chaos.Foreseen.Sample(
            situation =>
            {
                var (with, without) = (situation.Next(), (situation with { Schedule = null }).Next());
                Interlocked.Increment(ref with <= without ? ref same : ref with > situation.Capacity ? ref raised : ref kept);
            },
            iter: Cases);

        Assert.True(raised > Cases / 50 && same > Cases / 20, $"{raised} raised, {kept} kept from being lowered, {same} the same");
    }

    [Fact]
    public void Invariant_13_scale_in_waits_for_both_cooldowns() => Chaos.Any.Sample(
        situation =>
        {
            var (scaleOut, scaleIn) = (situation.Horizontal.ScaleOut.Cooldown, situation.Horizontal.ScaleIn.Cooldown);
            return situation.Next() >= situation.Capacity || situation.History.Changes.All(change =>
                change.From == change.To
                || change.At + (change.To > change.From && scaleOut > scaleIn ? scaleOut : scaleIn) <= Some.Noon);
        },
        iter: Cases);

    [Fact]
    public void Invariant_13_scale_out_is_never_blocked_by_the_cooldown_of_scale_in() => Chaos.Any.Sample(
        situation =>
        {
            var next = WithCooldownIn(situation, 0).Next();
            return next <= situation.Capacity || WithCooldownIn(situation, 40).Next() == next;
        },
        iter: Cases);

    [Fact]
    public void Invariant_14_what_is_left_after_a_lowering_does_not_scale_out_again() => Chaos.Any.Sample(
        situation =>
        {
            var next = situation.Next();
            return next >= situation.Capacity || situation.Evaluate().Readings.OfType<SignalReading.Present>().All(
                reading => situation.LoadBased.TargetTracking.Where(tracking => tracking.Signal == reading.Signal).All(
                    tracking => reading.Load / next <= tracking.Target * (1 + tracking.ToleranceOut)));
        },
        iter: Cases);

    [Fact]
    public void The_situations_are_about_something()
    {
        var (raises, lowerings, holds) = (0, 0, 0);
        Chaos.Any.Sample(
            situation =>
            {
                var next = situation.Next();
                Interlocked.Increment(ref next > situation.Capacity ? ref raises : ref next < situation.Capacity ? ref lowerings : ref holds);
            },
            iter: Cases);

        Assert.True(raises > Cases / 20 && lowerings > Cases / 100 && holds > Cases / 20, $"{raises} raises, {lowerings} lowerings, {holds} holds");
    }

    private static Situation WithCooldownIn(Situation situation, double minutes) => situation with
    {
        Horizontal = situation.Horizontal with { ScaleIn = situation.Horizontal.ScaleIn with { Cooldown = Some.Minutes(minutes) } },
    };
}
