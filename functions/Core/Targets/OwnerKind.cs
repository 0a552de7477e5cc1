namespace ScaleFunctions.Core.Targets;

/// <summary>What kind of owner the capacity of a resource has.</summary>
public enum OwnerKind
{
    /// <summary>Nobody that we know of: ours to scale where a policy says so.</summary>
    Nobody,

    /// <summary>Azure scales it by itself, or it has no count that anybody sets.</summary>
    Platform,

    /// <summary>It is a part of another service's resource, which sets the count: AKS, Databricks, Batch and the like.</summary>
    Service,

    /// <summary>An enabled autoscale setting of Azure Monitor.</summary>
    NativeAutoscale,

    /// <summary>A deny assignment keeps everybody from changing it.</summary>
    Denied,

    /// <summary>Something outside sets the count back again and again, such as a pipeline.</summary>
    Resetter,

    /// <summary>It could not be found out. Nobody's until the contrary is proved would be a guess.</summary>
    Unknown,
}
