namespace ScaleFunctions.Core.Forecasts.Evaluation;

/// <summary>A way to forecast, as the protocol asks it.</summary>
public interface IEvaluatedMethod
{
    /// <summary>The name in the table.</summary>
    string Name { get; }

    /// <summary>Days it is given, when they are not the protocol's.</summary>
    int? TrainingDays { get; }

    /// <summary>Forecasts a day after the training, which is all it may know.</summary>
    /// <param name="training">Values before the origin.</param>
    /// <param name="stepsPerDay">Steps of a day.</param>
    /// <param name="clock">To measure how long it took.</param>
    /// <returns>Nothing when the training is too short for it.</returns>
    EvaluatedForecast? Forecast(double[] training, int stepsPerDay, TimeProvider clock);
}
