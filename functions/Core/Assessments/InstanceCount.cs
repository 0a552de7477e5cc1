namespace ScaleFunctions.Core.Assessments;

/// <summary>How one gets to know how many instances a metric stands for.</summary>
public enum InstanceCount
{
    /// <summary>One sample an instance and minute.</summary>
    Sampled,

    /// <summary>Nothing tells what it was: what there is now stands for it.</summary>
    Now,

    /// <summary>There is never more than one, and where it has values it ran.</summary>
    One,
}
