namespace ScaleFunctions.Core.Autoscale;

/// <summary>How values of instances make one sample. Named as in Azure's API.</summary>
public enum SampleStatistic
{
    Average,
    Min,
    Max,
    Sum,
    Count,
}
