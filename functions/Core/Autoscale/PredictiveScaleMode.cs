namespace ScaleFunctions.Core.Autoscale;

/// <summary>Azure's own predictive autoscale.</summary>
public enum PredictiveScaleMode
{
    Disabled,

    /// <summary>It forecasts and scales nothing.</summary>
    ForecastOnly,

    /// <summary>It scales out ahead of its forecast.</summary>
    Enabled,
}
