namespace ScaleFunctions.Core.Decisions.Scaling.Predictive;

/// <summary>A guess at the load a lead time ahead.</summary>
internal enum LoadCentre
{
    /// <summary>As now.</summary>
    Present,

    /// <summary>As now, and half of what the days before say will be added.</summary>
    HalfGrowth,

    /// <summary>As now, and all of it.</summary>
    Growth,

    /// <summary>As now, going on as in the last minute.</summary>
    Trend,

    /// <summary>The mean of five minutes.</summary>
    Mean5,

    /// <summary>The mean of a quarter of an hour.</summary>
    Mean15,

    /// <summary>The mean of an hour.</summary>
    Mean60,

    /// <summary>The median that was learned.</summary>
    Learned,
}
