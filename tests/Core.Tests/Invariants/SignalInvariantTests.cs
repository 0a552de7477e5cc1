using CsCheck;
using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;

namespace ScaleFunctions.Core.Tests.Invariants;

/// <summary>The invariants about data, for signals of every kind and every answer to missing data.</summary>
public sealed class SignalInvariantTests
{
    private const int Cases = 10_000;

    [Fact]
    public void Invariant_1_and_2_any_signals_give_a_count_within_the_bounds_or_a_hold() => SignalChaos.Any.Sample(
        situation =>
        {
            var (evaluation, next) = (situation.Evaluate(), situation.Next());
            Assert.All(evaluation.Readings, reading => Assert.True(reading switch
            {
                SignalReading.Present present => double.IsFinite(present.Value + present.Instances + present.Load + present.BusyLoad),
                SignalReading.Partial partial => double.IsFinite(partial.Value + partial.Instances + partial.Load),
                _ => true,
            }));
            Assert.True(next == situation.Capacity || (next <= situation.Horizontal.Maximum && next >= Math.Min(situation.Capacity, situation.Horizontal.Minimum))
                || (next < situation.Capacity && next >= situation.Horizontal.Maximum));
        },
        iter: Cases);

    [Fact]
    public void Invariant_5_nothing_is_lowered_while_a_signal_that_is_followed_is_in_doubt() => SignalChaos.Any.Sample(
        situation => situation.Next() >= situation.Capacity
            || situation.Evaluate().Readings.Where(reading => situation.Policy.Follows(reading.Signal)).All(reading => reading is SignalReading.Present),
        iter: Cases);

    [Fact]
    public void Invariant_5_without_a_valid_signal_nothing_is_raised_beyond_what_its_policies_want_in_that_case() => SignalChaos.Any.Sample(
        situation =>
        {
            var blind = SignalChaos.Names.Aggregate(situation, (each, name) => each.With(name, new MetricSeries.Failed("503")));
            var followed = blind.Policy.Signals.Where(signal => blind.Policy.Follows(signal.Name)).ToList();
            if (blind.Evaluate().Readings.Any(reading => reading is SignalReading.Present or SignalReading.Partial && blind.Policy.Follows(reading.Signal)))
            {
                return true; // a formula that ends in a number, or that is about instances alone
            }

            var reach = followed.Select(signal => signal.MissingData.Wanted(blind.Capacity))
                .Append(blind.Horizontal.Minimum).Append(followed.Count > 0 ? blind.Horizontal.WhenBlind ?? 0 : 0).Append(blind.Capacity).Max();
            return blind.Next() >= Math.Min(blind.Capacity, blind.Horizontal.Minimum) && blind.Next() <= reach && blind.Next() >= blind.Capacity;
        },
        iter: Cases);

    [Fact]
    public void Invariant_6_losing_any_signal_never_lowers() => Gen.Select(SignalChaos.Any, Gen.Int[0, 2]).Sample(
        (situation, index) => situation.With(SignalChaos.Names[index], new MetricSeries.Failed("503")).Next()
            >= Math.Min(situation.Capacity, situation.Next()),
        iter: Cases);

    /// <summary>
    /// One sample taken away, or made garbage, of any signal, of any single instance. The newest is only made garbage: one that
    /// is not there at all looks like one that has yet to arrive.
    /// </summary>
    [Fact]
    public void Invariant_6_losing_any_sample_never_lowers() => Gen.Select(
        SignalChaos.Any, Gen.Int[0, 2], Gen.Int[0, 5], Gen.Int[0, 3], Chaos.OneOf<double?>(null, double.NaN, double.PositiveInfinity, -1, 1e300)).Sample(
        (situation, index, part, position, garbage) =>
        {
            var name = SignalChaos.Names[index];
            var spoilt = situation.With(name, situation.Metrics[name] switch
            {
                MetricSeries.Received received => new MetricSeries.Received(Spoil(received.Points, position, garbage)),
                MetricSeries.Split split => new MetricSeries.Split([
                    .. split.Parts.Select((each, at) => at == part % split.Parts.Count ? each with { Points = Spoil(each.Points, position, garbage) } : each)]),
                var other => other,
            });
            return spoilt.Next() >= Math.Min(situation.Capacity, situation.Next());
        },
        iter: Cases);

    /// <summary>Whatever an owner writes for missing data, there are never fewer instances than with "hold".</summary>
    [Fact]
    public void Invariant_6_an_answer_to_missing_data_never_lowers() => Gen.Select(SignalChaos.Any, Gen.Int[0, 2]).Sample(
        (situation, index) =>
        {
            var blind = situation.With(SignalChaos.Names[index], new MetricSeries.Failed("503"));
            var held = blind with { Policy = blind.Policy with { Signals = [.. blind.Policy.Signals.Select(signal => signal with { MissingData = MissingDataPolicy.Hold })] } };
            return blind.Next() >= held.Next();
        },
        iter: Cases);

    [Fact]
    public void Invariant_7_nothing_is_lowered_while_a_veto_is_up_or_in_doubt() => SignalChaos.Any.Sample(
        situation =>
        {
            var veto = situation.Policy.Vetoes.SingleOrDefault();
            var reading = situation.Evaluate().Readings.First(reading => reading.Signal == "c");
            return veto is null || situation.Next() >= situation.Capacity || reading is SignalReading.Present { Load: var load } && load <= veto.Above;
        },
        iter: Cases);

    [Fact]
    public void The_situations_are_about_something()
    {
        var (raises, lowerings, holds, fallbacks, formulas) = (0, 0, 0, 0, 0);
        SignalChaos.Any.Sample(
            situation =>
            {
                var (evaluation, next) = (situation.Evaluate(), situation.Next());
                Interlocked.Increment(ref next > situation.Capacity ? ref raises : ref next < situation.Capacity ? ref lowerings : ref holds);
                Interlocked.Add(ref fallbacks, evaluation.Outcome.Decision.Reason is ScalingReason.FellBack ? 1 : 0);
                Interlocked.Add(ref formulas, evaluation.Outcome.Decision.Reason is ScalingReason.FollowsLoad { Signal: "f" } && evaluation.Followed.Any(each => each.Signal == "f" && each is SignalReading.Present) ? 1 : 0);
            },
            iter: Cases);

        Assert.True(
            raises > Cases / 20 && lowerings > Cases / 200 && holds > Cases / 20 && fallbacks > Cases / 400 && formulas > Cases / 200,
            $"{raises} raises, {lowerings} lowerings, {holds} holds, {fallbacks} fallbacks, {formulas} by a formula");
    }

    private static MetricPoint[] Spoil(IReadOnlyList<MetricPoint> points, int position, double? garbage)
    {
        var spoilt = points.ToArray();
        spoilt[position] = spoilt[position] with { Value = position == points.Count - 1 ? garbage ?? double.NaN : garbage };
        return spoilt;
    }
}
