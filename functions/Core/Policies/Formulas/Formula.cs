using System.Diagnostics.CodeAnalysis;

namespace ScaleFunctions.Core.Policies.Formulas;

/// <summary>An expression over signals.</summary>
public abstract record Formula
{
    /// <summary>The instances asked for, unless a signal has this name.</summary>
    public const string Instances = "instances";

    private Formula()
    {
    }

    /// <summary>Reads a formula; false when the text is none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Formula? formula)
    {
        try
        {
            formula = FormulaParser.Parse(text);
            return true;
        }
        catch (FormulaException)
        {
            formula = null;
            return false;
        }
    }

    public sealed record Number(double Value) : Formula;

    /// <summary>The number of a signal.</summary>
    /// <param name="Name">Name of a signal of the same policy, or <see cref="Instances"/>.</param>
    /// <param name="Position">Where it stands in the text, from 0.</param>
    public sealed record Signal(string Name, int Position) : Formula;

    public sealed record Negated(Formula Operand) : Formula;

    public sealed record Combined(char Operator, Formula Left, Formula Right) : Formula;

    public sealed record Called(FormulaFunction Function, IReadOnlyList<Formula> Arguments) : Formula;

    /// <summary>The left side, or the right one when the left cannot be read (<c>??</c>).</summary>
    public sealed record OrElse(Formula Left, Formula Right) : Formula;

    /// <summary>The signals it names, in the order of the text, each as often as it is named.</summary>
    public IEnumerable<Signal> Signals => this switch
    {
        Signal signal => [signal],
        Negated negated => negated.Operand.Signals,
        Combined combined => combined.Left.Signals.Concat(combined.Right.Signals),
        Called called => called.Arguments.SelectMany(argument => argument.Signals),
        OrElse either => either.Left.Signals.Concat(either.Right.Signals),
        _ => [],
    };
}
