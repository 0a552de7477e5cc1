using System.Globalization;

namespace ScaleFunctions.Core.Forecasts.Trials;

/// <summary>
/// Says whether a forecast may act. It must have proved itself on this very resource: better than the day before, and with
/// bounds that hold what they promise. One that may act loses it only when it is clearly worse, so that it does not swing.
/// </summary>
/// <example>
/// <code>
///               error / that of yesterday's load   covered by the 95 % bound   lately
/// to be let in   below 1                            at least 0.88              at least 0.75
/// to stay in     below 1.1                          at least 0.80              at least 0.50
/// </code>
/// </example>
public static class ForecastGate
{
    /// <summary>Trials a method needs before it is judged.</summary>
    public const double LeastTrials = 12;

    /// <summary>A challenger must be better by this much, or chance would swap them back and forth.</summary>
    private const double Margin = 0.95;

    /// <summary>Why a method may not act; empty when it may.</summary>
    /// <param name="score">What it has done.</param>
    /// <param name="isIn">Whether it may act already.</param>
    public static string WhyNot(ForecastScore score, bool isIn) =>
        score.Weight < LeastTrials * Patience ? Text($"it is still learning: {Math.Floor(score.Weight)} of {LeastTrials} trials")
        : !(score.Relative < (isIn ? 1.1 : 1)) ? Text($"its error is {score.Relative:0.00} times that of the load a day before")
        : score.Coverage < (isIn ? 0.8 : 0.88) ? Text($"{100 * score.Coverage:0} of 100 loads were below the bound that promises 95")
        : score.LatelyCovered < (isIn ? 0.5 : 0.75) ? Text($"lately {100 * score.LatelyCovered:0} of 100 loads were below the bound that promises 95")
        : "";

    /// <summary>The method to follow: the one there is, unless another has been clearly better.</summary>
    public static ForecastMethod Champion(IReadOnlyList<MethodState> methods, ForecastMethod champion)
    {
        var reigning = methods.FirstOrDefault(each => each.Method == champion);
        var best = methods.Where(each => each.Score.Weight >= LeastTrials * Patience).MinBy(each => each.Score.Error / each.Score.Weight);
        return reigning is null || best is null ? best?.Method ?? methods[0].Method
            : best.Score.Error / best.Score.Weight < Margin * (reigning.Score.Error / Math.Max(1e-12, reigning.Score.Weight)) ? best.Method
            : champion;
    }

    // Weights fade a little with every trial, so twelve of them weigh less than twelve.
    private const double Patience = 0.9;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
