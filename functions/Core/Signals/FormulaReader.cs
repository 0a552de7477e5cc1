using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Formulas;

namespace ScaleFunctions.Core.Signals;

/// <summary>
/// Calculates a signal from others. Doubt about a signal it uses is doubt about the result: only if all of them are present
/// is the result, and only then may it lower a capacity. A formula that had to take the right side of <c>??</c> is in doubt
/// too, for nobody knows what the left side would have said.
/// </summary>
/// <example>
/// <c>(requests / 40) ?? (cpu * 2)</c>:
/// <code>
/// requests      cpu           result
/// 120           10            3                  requests alone decides; cpu is not looked at
/// 120, partial  10            3, partial         may raise
/// missing       10            20, partial        may raise; a low cpu proves nothing about the requests
/// missing       missing       missing
/// </code>
/// </example>
public sealed class FormulaReader
{
    /// <summary>Far beyond any load; keeps sums of readings finite.</summary>
    private const double Highest = 1e12;

    private readonly IReadOnlyDictionary<string, (SignalPolicy Policy, SignalReading Reading)> _signals;
    private readonly int _capacity;
    private readonly List<SignalReading> _inputs = [];
    private readonly List<string> _doubts = [];

    private FormulaReader(IReadOnlyDictionary<string, (SignalPolicy Policy, SignalReading Reading)> signals, int capacity) =>
        (_signals, _capacity) = (signals, capacity);

    /// <summary>Reads one calculated signal.</summary>
    /// <param name="signal">Its policy.</param>
    /// <param name="formula">What it is calculated by.</param>
    /// <param name="signals">The signals it may name, with what they say now.</param>
    /// <param name="capacity">Instances asked for.</param>
    /// <param name="now">Time of the evaluation.</param>
    public static SignalReading Read(
        SignalPolicy signal, Formula formula, IReadOnlyDictionary<string, (SignalPolicy Policy, SignalReading Reading)> signals, int capacity, DateTimeOffset now)
    {
        var reader = new FormulaReader(signals, capacity);
        var (value, reason) = reader.Calculate(formula);
        return reader.Conclude(signal, value, reason, now) with { Inputs = [.. reader._inputs] };
    }

    /// <summary>The number a formula uses of a signal: of a total the whole, else what one instance carries.</summary>
    public static double? NumberOf(SignalPolicy signal, SignalReading reading) => reading switch
    {
        SignalReading.Present present => signal.Measures == SignalMeasure.Total ? present.Load : present.Value,
        SignalReading.Partial partial => signal.Measures == SignalMeasure.Total ? partial.Load : partial.Value,
        _ => null,
    };

    private SignalReading Conclude(SignalPolicy signal, double? value, string reason, DateTimeOffset now)
    {
        if (value is not { } number)
        {
            return new SignalReading.Missing(signal.Name, reason);
        }

        if (number is not (>= 0 and < Highest))
        {
            return new SignalReading.Missing(signal.Name, number < 0 ? $"it comes to {number:0.###}, and no load is below zero" : "it comes to more than any load");
        }

        var (instances, newest) = (Instances(signal), Newest(now));
        var (share, load) = signal.Measures == SignalMeasure.Total ? (number / Math.Max(1, instances), number) : (number, number * instances);
        return _doubts.Count == 0
            ? new SignalReading.Present(signal.Name, share, instances, load, newest)
            : new SignalReading.Partial(signal.Name, share, instances, load, newest, 0, 0) { Doubt = string.Join("; ", _doubts.Distinct()) };
    }

    /// <summary>The fewest that reported any signal it used: whoever is silent in one is silent in the result.</summary>
    private double Instances(SignalPolicy signal) => signal.Measures == SignalMeasure.Total
        ? _capacity
        : _inputs.Where(input => _signals[input.Signal].Policy.Measures == SignalMeasure.PerInstance).Select(input => input switch
        {
            SignalReading.Present present => present.Instances,
            SignalReading.Partial partial => partial.Instances,
            _ => _capacity,
        }).DefaultIfEmpty(_capacity).Min();

    private DateTimeOffset Newest(DateTimeOffset now) => _inputs.Select(input => input switch
    {
        SignalReading.Present present => present.Newest,
        SignalReading.Partial partial => partial.Newest,
        _ => now,
    }).DefaultIfEmpty(now).Min();

    private (double? Value, string Reason) Calculate(Formula formula) => formula switch
    {
        Formula.Number number => (number.Value, ""),
        Formula.Signal signal => Use(signal.Name),
        Formula.Negated negated => Calculate(negated.Operand) is var inner ? (-inner.Value, inner.Reason) : default,
        Formula.Combined combined => Combine(combined),
        Formula.Called called => Call(called),
        Formula.OrElse either => Choose(either),
        _ => throw new ArgumentOutOfRangeException(nameof(formula)),
    };

    private (double? Value, string Reason) Use(string name)
    {
        if (!_signals.TryGetValue(name, out var signal))
        {
            return name == Formula.Instances ? (_capacity, "") : (null, $"there is no signal {name}");
        }

        var reading = signal.Reading;
        if (!_inputs.Contains(reading))
        {
            _inputs.Add(reading);
        }

        if (reading is SignalReading.Partial partial)
        {
            _doubts.Add($"of {name}: {partial.Doubt}");
        }

        // How much a formula makes of a load that is hidden behind zeros depends on the formula.
        if (reading is SignalReading.Present present && present.BusyLoad > present.Load)
        {
            _doubts.Add($"some samples of {name} are exactly zero");
        }

        return NumberOf(signal.Policy, reading) is { } number ? Finite(number) : (null, $"{name} cannot be read");
    }

    private (double? Value, string Reason) Combine(Formula.Combined combined)
    {
        var (left, leftReason) = Calculate(combined.Left);
        var (right, rightReason) = Calculate(combined.Right);
        if (left is not { } one || right is not { } other)
        {
            return (null, left is null ? leftReason : rightReason);
        }

        return combined.Operator switch
        {
            '+' => Finite(one + other),
            '-' => Finite(one - other),
            '*' => Finite(one * other),
            '/' when other == 0 => (null, "it divides by zero"),
            '/' => Finite(one / other),
            _ => throw new ArgumentOutOfRangeException(nameof(combined)),
        };
    }

    private (double? Value, string Reason) Call(Formula.Called called)
    {
        List<double> values = [];
        var why = "";
        foreach (var (value, reason) in called.Arguments.Select(Calculate))
        {
            if (value is { } number)
            {
                values.Add(number);
            }
            else if (why.Length == 0)
            {
                why = reason;
            }
        }

        return values.Count < called.Arguments.Count ? (null, why) : called.Function switch
        {
            FormulaFunction.Min => (values.Min(), ""),
            FormulaFunction.Max => (values.Max(), ""),
            FormulaFunction.Abs => (Math.Abs(values[0]), ""),
            FormulaFunction.Ceil => (Math.Ceiling(values[0]), ""),
            FormulaFunction.Floor => (Math.Floor(values[0]), ""),
            _ => throw new ArgumentOutOfRangeException(nameof(called)),
        };
    }

    private (double? Value, string Reason) Choose(Formula.OrElse either)
    {
        var (left, reason) = Calculate(either.Left);
        if (left is not null)
        {
            return (left, "");
        }

        _doubts.Add($"{reason}, so it fell back");
        var (right, otherReason) = Calculate(either.Right);
        return right is null ? (null, $"{reason}; {otherReason}") : (right, "");
    }

    private static (double? Value, string Reason) Finite(double value) =>
        double.IsFinite(value) ? (value, "") : (null, "it comes to no number");
}
