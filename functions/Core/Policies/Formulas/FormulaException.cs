namespace ScaleFunctions.Core.Policies.Formulas;

/// <summary>A formula that cannot be read.</summary>
internal sealed class FormulaException(int position, string message) : Exception(message)
{
    /// <summary>Where in the text, from 0.</summary>
    public int Position { get; } = position;
}
