namespace ScaleFunctions.Core.Forecasts.Trials;

/// <summary>The methods that compete for each resource.</summary>
public enum ForecastMethod
{
    /// <summary>All models, combined by horizon.</summary>
    Combined,

    /// <summary>Only those that know no season: for a load whose days have nothing in common.</summary>
    Level,
}
