namespace ScaleFunctions.Core.Autoscale;

/// <summary>How a value is compared with the threshold. Named as in Azure's API.</summary>
public enum RuleOperator
{
    Equals,
    NotEquals,
    GreaterThan,
    GreaterThanOrEqual,
    LessThan,
    LessThanOrEqual,
}
