using ScaleFunctions.Core.Policies.Formulas;

namespace ScaleFunctions.Core.Policies;

/// <summary>Binds <c>formula</c>, and checks what a formula says about the other signals of its policy.</summary>
internal static class FormulaBinding
{
    public static SignalSource Bind(PolicyField? field)
    {
        var text = field?.Text() ?? "";
        try
        {
            var formula = text.Length == 0 ? new Formula.Number(0) : FormulaParser.Parse(text);
            if (text.Length > 0 && !formula.Signals.Any(signal => signal.Name != Formula.Instances))
            {
                field!.Fail("uses no signal, so it would say the same for ever");
            }

            return new SignalSource.Calculated(formula, text);
        }
        catch (FormulaException exception)
        {
            Fail(field!, exception.Position, exception.Message);
            return new SignalSource.Calculated(new Formula.Number(0), text);
        }
    }

    /// <summary>The signals, after every formula was checked against the others and knows what it measures.</summary>
    public static List<SignalPolicy> Complete(List<SignalPolicy> signals, List<PolicyFields> written)
    {
        List<SignalPolicy> complete = [.. signals];
        foreach (var (signal, index) in signals.Select((signal, index) => (signal, index)))
        {
            if (signal.From is not SignalSource.Calculated { Formula: var formula } || written[index].Optional("formula") is not { } field)
            {
                continue;
            }

            CheckNames(field, formula, signals);
            if (Round(signal, signals) is { } round)
            {
                field.Fail($"needs itself: {string.Join(" → ", round)}");
            }
            else if (!written[index].Has("measures"))
            {
                complete[index] = signal with { Measures = Measured(field, formula, signals, written) };
            }
        }

        return complete;
    }

    private static void CheckNames(PolicyField field, Formula formula, List<SignalPolicy> signals)
    {
        var known = signals.Select(signal => signal.Name).Where(name => name.Length > 0).ToList();
        foreach (var operand in formula.Signals.Where(operand => operand.Name != Formula.Instances && !known.Contains(operand.Name)).DistinctBy(operand => operand.Name))
        {
            var dashed = known.Find(name => name.StartsWith($"{operand.Name}-", StringComparison.Ordinal));
            Fail(field, operand.Position,
                $"there is no signal {Quoted.Text(operand.Name)}{(dashed is null ? NearName.Hint(operand.Name, known) : $"; a name with '-' in it stands in brackets: [{dashed}]")}");
        }
    }

    /// <summary>The way from a formula back to itself; null when there is none.</summary>
    private static List<string>? Round(SignalPolicy begin, List<SignalPolicy> signals)
    {
        List<string> path = [begin.Name];
        HashSet<string> seen = [];
        return Search(begin) ? path : null;

        bool Search(SignalPolicy signal)
        {
            foreach (var name in Operands(signal))
            {
                path.Add(name);
                if (name == begin.Name || (seen.Add(name) && signals.Find(each => each.Name == name) is { } next && Search(next)))
                {
                    return true;
                }

                path.RemoveAt(path.Count - 1);
            }

            return false;
        }
    }

    private static SignalMeasure Measured(PolicyField field, Formula formula, List<SignalPolicy> signals, List<PolicyFields> written)
    {
        var measured = Leaves(formula, signals, written, []).ToLookup(signal => signal.Measures, signal => signal.Name);
        if (measured.Contains(SignalMeasure.Total) && measured.Contains(SignalMeasure.PerInstance))
        {
            field.Fail($"uses the total {Quoted.Text(measured[SignalMeasure.Total].First())} beside {Quoted.Text(measured[SignalMeasure.PerInstance].First())}, "
                + "which is per instance; say with 'measures' which of both the result is");
        }

        return measured.Contains(SignalMeasure.Total) ? SignalMeasure.Total : SignalMeasure.PerInstance;
    }

    /// <summary>The signals below a formula of which it is known what they measure.</summary>
    private static IEnumerable<SignalPolicy> Leaves(Formula formula, List<SignalPolicy> signals, List<PolicyFields> written, HashSet<string> seen) => formula.Signals
        .Select(operand => signals.FindIndex(signal => signal.Name == operand.Name))
        .Where(index => index >= 0 && seen.Add(signals[index].Name))
        .SelectMany(index => signals[index].From is SignalSource.Calculated inner && !written[index].Has("measures")
            ? Leaves(inner.Formula, signals, written, seen)
            : [signals[index]]);

    private static IEnumerable<string> Operands(SignalPolicy signal) =>
        signal.From is SignalSource.Calculated { Formula: var formula } ? formula.Signals.Select(operand => operand.Name) : [];

    /// <summary>The place within the text, which begins after the quote when there is one.</summary>
    private static void Fail(PolicyField field, int position, string message)
    {
        var scalar = (PolicyNode.Scalar)field.Node;
        var column = scalar.Source.Column + position + (scalar.IsQuoted ? 1 : 0);
        field.Errors.Add(scalar with { Source = scalar.Source with { Column = column } }, $"'{field.Path}': {message}");
    }
}
