namespace ScaleFunctions.Core.Decisions.Scaling.Predictive;

/// <summary>What the error of a centre grows with.</summary>
internal enum ErrorScale
{
    /// <summary>Nothing: the same at all times.</summary>
    One,

    /// <summary>The root of the centre, as counts of independent requests do.</summary>
    Root,

    /// <summary>The centre itself.</summary>
    Level,

    /// <summary>How much the load has moved lately.</summary>
    Volatility,

    /// <summary>The spread that was learned.</summary>
    Learned,
}
