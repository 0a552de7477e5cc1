namespace ScaleFunctions.Core.Forecasts.Decomposition;

/// <summary>The settings of an STL decomposition: a smoother each for season, trend and the low-pass filter, and the rounds.</summary>
public sealed record StlWindows
{
    public required int Period { get; init; }

    public required Loess Season { get; init; }

    public required Loess Trend { get; init; }

    public required Loess LowPass { get; init; }

    /// <summary>Whether every cycle has the same season: the mean over cycles of a nearly constant fit.</summary>
    public bool IsPeriodic { get; init; }

    public int InnerRounds { get; init; } = 2;

    /// <summary>Rounds of robustness weights; 0 for a plain fit.</summary>
    public int RobustRounds { get; init; }

    /// <summary>Windows after the paper's advice (its sections 3.1 to 3.6), with jumps of a tenth of each window.</summary>
    /// <param name="period">Points of a cycle, at least 2.</param>
    /// <param name="seasonWindow">Cycles that a season is smoothed over, odd and at least 7 by the paper's advice.</param>
    /// <param name="isRobust">Whether outliers lose their weight; 15 rounds, with one inner round each.</param>
    public static StlWindows For(int period, int seasonWindow, bool isRobust = false) =>
        Make(period, new Loess(seasonWindow, 0, Jump(seasonWindow)), seasonWindow, isPeriodic: false, isRobust);

    /// <summary>Windows for a season that does not change.</summary>
    /// <param name="period">Points of a cycle, at least 2.</param>
    /// <param name="points">Points of the series.</param>
    /// <param name="isRobust">Whether outliers lose their weight.</param>
    public static StlWindows Periodic(int period, int points, bool isRobust = false)
    {
        var window = (10 * points) + 1;
        return Make(period, new Loess(window, 0, Jump(window)), window, isPeriodic: true, isRobust);
    }

    private static StlWindows Make(int period, Loess season, int seasonWindow, bool isPeriodic, bool isRobust)
    {
        var trend = Odd((int)Math.Ceiling(1.5 * period / (1 - (1.5 / seasonWindow))));
        var lowPass = Odd(period);
        return new()
        {
            Period = period,
            Season = season,
            Trend = new(trend, 1, Jump(trend)),
            LowPass = new(lowPass, 1, Jump(lowPass)),
            IsPeriodic = isPeriodic,
            InnerRounds = isRobust ? 1 : 2,
            RobustRounds = isRobust ? 15 : 0,
        };
    }

    private static int Odd(int window) => window % 2 == 0 ? window + 1 : window;

    private static int Jump(int window) => (int)Math.Ceiling(window / 10d);
}
