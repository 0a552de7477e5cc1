namespace ScaleFunctions.Core.Policies.Formulas;

/// <summary>What a formula may call, by these names in lower case.</summary>
public enum FormulaFunction
{
    Min,

    Max,

    Abs,

    Ceil,

    Floor,
}
