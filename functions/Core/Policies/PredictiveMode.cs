namespace ScaleFunctions.Core.Policies;

/// <summary>What a forecast may do.</summary>
public enum PredictiveMode
{
    /// <summary>It is made, scored and shown.</summary>
    ForecastOnly,

    /// <summary>It raises too, once it has proved better than yesterday's load.</summary>
    Act,
}
