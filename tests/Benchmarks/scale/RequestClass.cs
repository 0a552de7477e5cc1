namespace ScaleFunctions.Scale.Benchmarks;

/// <summary>What a request counts as, by whose limits it falls under.</summary>
internal enum RequestClass
{
    /// <summary>A read of Resource Manager, or a query of Resource Graph.</summary>
    Read,

    /// <summary>A call of the metrics service.</summary>
    Metrics,

    /// <summary>A request to change a resource.</summary>
    Write,

    /// <summary>Of none of Azure's limits that matter here: the price list.</summary>
    Other,
}
