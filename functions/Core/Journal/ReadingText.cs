using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;

namespace ScaleFunctions.Core.Journal;

/// <summary>Tells of readings what a person wants to know: why one proves nothing, and what a formula was calculated from.</summary>
public static class ReadingText
{
    /// <summary>Why the reading proves nothing; empty when it does.</summary>
    public static string Doubt(SignalReading reading) => reading switch
    {
        SignalReading.Present => "",
        SignalReading.Partial { Expected: > 0 } some => $"{some.Samples} of {some.Expected} samples",
        SignalReading.Partial some => some.Doubt,
        SignalReading.Missing missing => missing.Reason,
        SignalReading.Stale stale => $"the newest sample is of {stale.Newest:HH:mm}",
        SignalReading.SuspiciousZero => "exactly zero shortly after being busy",
        _ => throw new ArgumentOutOfRangeException(nameof(reading)),
    };

    /// <summary>A sentence, and what the formulas it is about were calculated from.</summary>
    public static string With(string sentence, string formulas) => formulas.Length == 0 ? sentence : $"{sentence}; {formulas}";

    /// <summary>
    /// For each formula that a rule follows what it was calculated from: <c>load is (requests / 40) ?? cpu, with requests 120</c>.
    /// </summary>
    public static string Formulas(IReadOnlyList<SignalReading> readings, LoadBasedScalingPolicy? policy) => string.Join(
        "; ",
        from reading in readings
        let signal = policy?.Signals.FirstOrDefault(signal => signal.Name == reading.Signal)
        where signal?.From is SignalSource.Calculated && reading.Inputs.Count > 0
        select $"{signal.Name} is {signal.From}, with {string.Join(", ", reading.Inputs.Select(input => Input(input, policy!)))}");

    private static string Input(SignalReading input, LoadBasedScalingPolicy policy)
    {
        var number = policy.Signals.FirstOrDefault(signal => signal.Name == input.Signal) is { } signal ? FormulaReader.NumberOf(signal, input) : null;
        var doubt = Doubt(input);
        return number is { } value
            ? $"{input.Signal} {value:0.##}{(doubt.Length > 0 ? $" ({doubt})" : "")}"
            : $"{input.Signal} unreadable ({doubt})";
    }
}
