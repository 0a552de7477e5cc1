using CsCheck;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Formulas;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Signals;

public sealed class FormulaReaderTests
{
    private const string Fallback = "(requests / 40) ?? (cpu * 2)";

    [Fact]
    public void Is_present_when_all_it_uses_is_present() =>
        Assert.Equal(3, Assert.IsType<SignalReading.Present>(Read(Fallback, Some.Present(120, 1, "requests"), Some.Present(10))).Value);

    [Fact]
    public void Does_not_look_at_what_it_does_not_need()
    {
        var reading = Assert.IsType<SignalReading.Present>(Read(Fallback, Some.Present(120, 1, "requests"), Some.Missing()));

        Assert.Equal(["requests"], reading.Inputs.Select(input => input.Signal));
    }

    /// <summary>
    /// What KEDA does not do: nobody knows what the left side would have said, so a low right side proves nothing.
    /// </summary>
    [Fact]
    public void Falling_back_may_raise_and_never_proves_low_load()
    {
        var partial = Assert.IsType<SignalReading.Partial>(Read(Fallback, Some.Missing("requests"), Some.Present(10)));

        Assert.Equal((20, "requests cannot be read, so it fell back"), (partial.Value, partial.Doubt));
    }

    [Fact]
    public void A_constant_at_the_end_is_a_fallback_like_any_other() =>
        Assert.IsType<SignalReading.Partial>(Read("requests ?? 8", Some.Missing("requests")));

    [Fact]
    public void Doubt_about_what_it_uses_is_doubt_about_the_result()
    {
        Assert.IsType<SignalReading.Partial>(Read("cpu * 2", Some.Partial(50)));
        Assert.IsType<SignalReading.Missing>(Read("cpu * 2", Some.Missing()));
        Assert.IsType<SignalReading.Missing>(Read("cpu * 2", new SignalReading.Stale("cpu", Some.At(-9), Some.Minutes(9))));
        Assert.IsType<SignalReading.Missing>(Read("cpu * 2", new SignalReading.SuspiciousZero("cpu", Some.At(-9))));
    }

    [Fact]
    public void Zeros_that_may_hide_load_are_doubt() =>
        Assert.IsType<SignalReading.Partial>(Read("cpu * 2", Some.Present(20) with { BusyLoad = 200 }));

    [Theory]
    [InlineData("10 / (cpu - 60)", "it divides by zero")]
    [InlineData("cpu - 100", "it comes to -40, and no load is below zero")]
    [InlineData("cpu * 999999999999", "it comes to more than any load")]
    [InlineData("cpu * gone", "gone cannot be read")]
    [InlineData("gone ?? other", "gone cannot be read; other cannot be read")]
    public void A_result_that_is_no_load_is_missing_and_says_why(string formula, string reason) =>
        Assert.Equal(reason, Assert.IsType<SignalReading.Missing>(Read(formula, Some.Present(60), Some.Missing("gone"), Some.Missing("other"))).Reason);

    /// <summary>Division by zero is no number, so ?? has an answer to it.</summary>
    [Fact]
    public void Falls_back_when_the_left_side_cannot_be_calculated() =>
        Assert.Equal(7, Assert.IsType<SignalReading.Partial>(Read("10 / (cpu - 60) ?? 7", Some.Present(60))).Value);

    [Fact]
    public void A_total_is_used_whole_and_shared_by_the_instances()
    {
        var total = new SignalReading.Present("requests", 30, 4, 120, Some.At(-2));
        var requests = Some.Signal("requests") with { Measures = SignalMeasure.Total };

        var reading = Assert.IsType<SignalReading.Present>(FormulaReader.Read(
            Some.Calculated("requests / 2", measures: SignalMeasure.Total), FormulaParser.Parse("requests / 2"),
            new Dictionary<string, (SignalPolicy, SignalReading)> { ["requests"] = (requests, total) }, 4, Some.Noon));

        Assert.Equal((60, 15, 4), (reading.Load, reading.Value, reading.Instances));
    }

    [Fact]
    public void Whoever_is_silent_in_a_signal_is_silent_in_the_result() =>
        Assert.Equal(3, Assert.IsType<SignalReading.Present>(Read("cpu + memory", Some.Present(50, 4), Some.Present(50, 3, "memory"))).Instances);

    [Fact]
    public void Is_as_old_as_the_oldest_it_uses() =>
        Assert.Equal(Some.At(-5), Assert.IsType<SignalReading.Present>(
            Read("cpu + memory", Some.Present(50), Some.Present(50, 4, "memory") with { Newest = Some.At(-5) })).Newest);

    /// <summary>Any formula over any readings: present only if everything it used is present and every number is finite.</summary>
    [Fact]
    public void Is_never_surer_than_what_it_was_made_of() =>
        Gen.Select(Texts(3), Readings("a"), Readings("b"), Readings("c"), Gen.Bool).Sample(
            (text, a, b, c, isTotal) =>
            {
                var reading = Read(text, isTotal ? SignalMeasure.Total : SignalMeasure.PerInstance, a, b, c);

                Assert.True(reading switch
                {
                    SignalReading.Present present => double.IsFinite(present.Value + present.Load + present.Instances)
                        && present.Value >= 0 && present.Inputs.All(input => input is SignalReading.Present),
                    SignalReading.Partial partial => double.IsFinite(partial.Value + partial.Load + partial.Instances)
                        && partial.Value >= 0 && partial.Doubt.Length > 0,
                    SignalReading.Missing missing => missing.Reason.Length > 0,
                    _ => false,
                });
            },
            iter: 10_000);

    internal static Gen<string> Texts(int depth)
    {
        var leaf = Gen.OneOf(Gen.Const("a"), Gen.Const("b"), Gen.Const("c"), Gen.Const("instances"), Gen.Int[0, 20].Select(number => $"{number}"));
        return depth == 0 ? leaf : Gen.Frequency(
            (1, leaf),
            (4, Gen.Select(Texts(depth - 1), Texts(depth - 1), Gen.Int[0, 6], (left, right, sign) => sign switch
            {
                0 => $"({left} + {right})",
                1 => $"({left} - {right})",
                2 => $"({left} * {right})",
                3 => $"({left} / {right})",
                4 => $"max({left}, {right})",
                5 => $"min({left}, abs({right}))",
                _ => $"({left} ?? {right})",
            })));
    }

    private static Gen<SignalReading> Readings(string name) => Gen.Frequency(
        (6, Gen.Select(Gen.Double[0, 100], Gen.Int[1, 10], (value, instances) => (SignalReading)Some.Present(value, instances, name))),
        (1, Gen.Double[0, 100].Select(value => (SignalReading)Some.Partial(value, 4, name))),
        (1, Gen.Const((SignalReading)Some.Present(0, 4, name))),
        (1, Gen.Const((SignalReading)new SignalReading.Present(name, double.NaN, 4, double.NaN, Some.At(-2)))),
        (1, Gen.Const((SignalReading)new SignalReading.SuspiciousZero(name, Some.At(-9)))),
        (2, Gen.Const((SignalReading)Some.Missing(name))));

    private static SignalReading Read(string text, params SignalReading[] readings) => Read(text, SignalMeasure.PerInstance, readings);

    private static SignalReading Read(string text, SignalMeasure measures, params SignalReading[] readings) => FormulaReader.Read(
        Some.Calculated(text, measures: measures),
        FormulaParser.Parse(text),
        readings.ToDictionary(reading => reading.Signal, reading => (Some.Signal(reading.Signal), reading)),
        4, Some.Noon);
}
