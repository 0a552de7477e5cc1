namespace ScaleFunctions.Core.Forecasts.Evaluation;

/// <summary>A line of the yardstick's table: a method on a recording, means over its origins.</summary>
/// <param name="Trace">Name of the recording.</param>
/// <param name="GridSeconds">Length of a step.</param>
/// <param name="TrainingDays">Days that the method was given.</param>
/// <param name="Method">Name of the method.</param>
/// <param name="Horizon">1h or 24h.</param>
/// <param name="OriginSet">Which origins: eight, by the protocol.</param>
/// <param name="Origins">How many were scored.</param>
/// <param name="Score">The means.</param>
/// <param name="Seconds">Mean time of fit and forecast.</param>
public sealed record EvaluationRow(
    string Trace, int GridSeconds, int TrainingDays, string Method, string Horizon, string OriginSet, int Origins,
    EvaluationScore Score, double Seconds)
{
    public const string CsvHeader = "trace,grid_s,train_days,method,horizon,origin_set,n_origins,mase,smape,wape,pinball95,cover95,seconds";

    /// <summary>The line in CSV, rounded as the yardstick's.</summary>
    public string ToCsv() => FormattableString.Invariant(
        $"{Trace},{GridSeconds},{TrainingDays},{Method},{Horizon},{OriginSet},{Origins},{Score.Mase:F4},{Score.Smape:F4},{Score.Wape:F4},{Score.Pinball:F4},{Score.Coverage:F4},{Seconds:F4}");
}
