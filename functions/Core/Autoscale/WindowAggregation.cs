namespace ScaleFunctions.Core.Autoscale;

/// <summary>How the samples of a window make one value. Named as in Azure's API.</summary>
public enum WindowAggregation
{
    Average,
    Minimum,
    Maximum,
    Total,
    Count,
    Last,
}
