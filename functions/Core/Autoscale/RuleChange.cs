namespace ScaleFunctions.Core.Autoscale;

/// <summary>What the value of a rule's action is. Named as in Azure's API.</summary>
public enum RuleChange
{
    ChangeCount,
    PercentChangeCount,
    ExactCount,
    ServiceAllowedNextValue,
}
