using System.Globalization;
using System.Text;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Formulas;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Fuzzing;

namespace ScaleFunctions.Core.Tests.Fuzz;

/// <summary>Formulas, read and calculated: what comes out is a finite number that is not negative, or the reason why there is none.</summary>
public sealed class FormulaFuzzTests
{
    private static readonly string[] Valid =
    [
        "(requests / instances / 40) ?? (cpu * 2)", "100 * failed / all", "max(cpu, 0.5 * memory) + min(1, requests, 3)", "abs(cpu - memory) / ceil(requests)", "[web-cpu] * 2 - -1", "floor(cpu) ?? memory ?? 3", "cpu",
    ];

    private static readonly string[] Pieces =
        ["+", "-", "*", "/", "??", "?", "(", ")", "min(", "max(1,", "abs(", "ceil(", "floor(", ",", "[", "]", "instances", "cpu", "memory", "gone", "0", "1 / 0", "cpu / (memory - memory)", "999999999999999", "+ cpu", " ?? 1", "2xx", "_.a"];

    private static readonly double[] Values = [0, 40, 1e-300, 1e12, 999_999_999_999, double.MaxValue, double.NaN, double.PositiveInfinity, -1];

    [Fact]
    public void Formulas_come_to_a_number_or_to_a_reason() => FuzzRun.Check(
        "formulas", new HostileInputs([.. Valid.Select(Encoding.UTF8.GetBytes)], Pieces), content =>
        {
            var text = Encoding.UTF8.GetString(content);
            var formula = FormulaParser.Parse(text);
            var told = new StringBuilder();
            foreach (var value in Values)
            {
                SignalPolicy[] signals = [Some.Signal("cpu"), Some.Signal("memory"), Some.Signal("requests"), Some.Calculated("0") with { Name = "result", From = new SignalSource.Calculated(formula, text) }];
                var series = new Dictionary<string, MetricSeries>
                {
                    ["cpu"] = Some.Series(value, value, value),
                    ["memory"] = Some.Series(50, 50, 50),
                    ["requests"] = new MetricSeries.Failed("503"),
                };
                var reading = SignalReadings.Of(signals, series, Some.Noon, 4, new Dictionary<string, DateTimeOffset>())[^1];
                var number = FormulaReader.NumberOf(signals[^1], reading);
                Assert.True(number is null or (>= 0 and < 1e12), $"{value} makes {number} of it");
                told.Append(CultureInfo.InvariantCulture, $"{reading.GetType().Name} {number} {(reading as SignalReading.Missing)?.Reason};");
            }

            return told.ToString();
        },
        typeof(FormulaException));
}
