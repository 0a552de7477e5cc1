namespace ScaleFunctions.Core.Autoscale;

/// <summary>Where a rule leads. Named as in Azure's API.</summary>
public enum RuleDirection
{
    None,
    Increase,
    Decrease,
}
