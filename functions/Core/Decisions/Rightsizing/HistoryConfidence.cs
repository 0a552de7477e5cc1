namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>
/// How far a history can be trusted, in days: a value each minute of N days gives N, one with gaps less. Bounds around an estimate are
/// wide as long as it is small, with the factors of Kubernetes' Vertical Pod Autoscaler
/// (vertical-pod-autoscaler/pkg/recommender/logic/{estimator,recommender}.go):
/// </summary>
/// <example>
/// <code>
/// upper  1 + 1 / confidence             no history ∞     12 h ×3     24 h ×2     7 d ×1.14
/// lower  (1 + 0.001 / confidence)^−2    no history 0    5 min ×0.6  30 min ×0.9
/// </code>
/// </example>
public static class HistoryConfidence
{
    private const double MinutesPerDay = 24 * 60;

    private const double LowerFactor = 0.001;

    /// <param name="first">The oldest sample.</param>
    /// <param name="last">The newest.</param>
    /// <param name="samples">How many there are.</param>
    /// <param name="each">How long one stands for.</param>
    public static double Of(DateTimeOffset first, DateTimeOffset last, int samples, TimeSpan each) =>
        Math.Max(0, Math.Min((last + each - first).TotalDays, samples * each.TotalMinutes / MinutesPerDay));

    /// <summary>What an upper bound is multiplied by.</summary>
    public static double Upper(double confidence) => confidence <= 0 ? double.PositiveInfinity : 1 + (1 / confidence);

    /// <summary>What a lower bound is multiplied by.</summary>
    public static double Lower(double confidence) => confidence <= 0 ? 0 : Math.Pow(1 + (LowerFactor / confidence), -2);
}
