namespace ScaleFunctions.Core.Policies;

/// <summary>What a workload must be able to lose without being overloaded.</summary>
public enum SurvivableLoss
{
    None,

    /// <summary>Any one instance.</summary>
    Instance,

    /// <summary>The zone with the most instances.</summary>
    Zone,
}
