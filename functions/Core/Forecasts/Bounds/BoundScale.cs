namespace ScaleFunctions.Core.Forecasts.Bounds;

/// <summary>What errors are measured in before they are counted.</summary>
public enum BoundScale
{
    /// <summary>The unit of the load: errors are alike everywhere.</summary>
    Even,

    /// <summary>The forecast: errors grow with the load.</summary>
    Level,

    /// <summary>The square root of the forecast: errors like those of counts.</summary>
    Root,

    /// <summary>How much the same time of day differed between days.</summary>
    Spread,

    /// <summary>Half that, half even.</summary>
    HalfSpread,
}
