namespace ScaleFunctions.Core.Decisions.Scaling.Predictive;

/// <summary>What a short minute and a change are worth. From these the sizing finds quantile, model and pace for each load itself.</summary>
/// <remarks>
/// Prices are shares of the bill. With a shortage price of 13, being short for 1 % of the time weighs as much as a bill
/// that is 13 % higher; with an action price of 0.001, ten changes a day as much as a bill that is 1 % higher.
/// </remarks>
public sealed record PredictiveSizingSettings
{
    public required double ShortagePrice { get; init; }

    /// <summary>What one change a day is worth, as a share of the bill.</summary>
    public double ActionPrice { get; init; }

    /// <summary>Paces to choose from.</summary>
    public IReadOnlyList<SizingPace> Paces { get; init; } = [SizingPace.Swift];

    /// <summary>How often model, quantile and pace are chosen anew.</summary>
    public int ChoiceMinutes { get; init; } = 360;

    /// <summary>Minutes from asking for an instance to its first serving minute.</summary>
    public int BootMinutes { get; init; } = 4;

    /// <summary>Minutes by which the latest metric is older than the decision.</summary>
    public int LagMinutes { get; init; } = 2;

    /// <summary>Short for very little of the time; customers wait.</summary>
    public static PredictiveSizingSettings Strict { get; } = new() { ShortagePrice = 13 };

    /// <summary>As careful, with tens of changes a day.</summary>
    public static PredictiveSizingSettings StrictCalm { get; } = Calm(shortagePrice: 15, actionPrice: 0.0007);

    /// <summary>As careful, with a change an hour or fewer.</summary>
    public static PredictiveSizingSettings StrictStill { get; } = Calm(shortagePrice: 12.5, actionPrice: 0.0034);

    /// <summary>Short for some minutes of a day, at a lower bill.</summary>
    public static PredictiveSizingSettings Balanced { get; } = new() { ShortagePrice = 3.9 };

    /// <summary>As balanced, with tens of changes a day.</summary>
    public static PredictiveSizingSettings BalancedCalm { get; } = Calm(shortagePrice: 3.6, actionPrice: 0.0007);

    // So many paces are rehearsed half as often; a pace is not changed that fast anyway.
    private static PredictiveSizingSettings Calm(double shortagePrice, double actionPrice) => new()
    {
        ShortagePrice = shortagePrice,
        ActionPrice = actionPrice,
        Paces = SizingPace.SwiftToStill,
        ChoiceMinutes = 720,
    };
}
