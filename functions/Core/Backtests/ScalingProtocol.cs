namespace ScaleFunctions.Core.Backtests;

/// <summary>The rules under which scaling policies are compared; one step is a minute. See docs/scorecard.md.</summary>
public static class ScalingProtocol
{
    /// <summary>Minutes from asking for an instance to its first serving minute.</summary>
    public const int BootMinutes = 4;

    /// <summary>A decision at the start of minute t sees data up to minute t − 2: metrics come late.</summary>
    public const int LagMinutes = 2;

    /// <summary>The first minute in which a policy is asked: then five minutes can be seen.</summary>
    public const int FirstDecision = LagMinutes + 5;

    public const int MinutesPerDay = 1440;

    /// <summary>Days that are scored at most, the last ones of a series.</summary>
    public const int LongestScoredDays = 28;

    /// <summary>Load above a whole number of instances that is only an error of rounding, not a reason for one more.</summary>
    public const double Negligible = 1e-9;

    private const int WarmUpDays = 14;
    private const int ShortWarmUpDays = 7;
    private const int LeastDaysForLongWarmUp = 24;

    /// <summary>Days a series is used for at most: warm-up and scored days.</summary>
    public const int LongestDays = WarmUpDays + LongestScoredDays;

    /// <summary>Days a policy may look at and act in before it is scored.</summary>
    public static int WarmUpDaysOf(double days) => days >= LeastDaysForLongWarmUp ? WarmUpDays : ShortWarmUpDays;

    /// <summary>Whole instances a demand needs; an idle service still needs one.</summary>
    public static int InstancesFor(double demand) => Math.Max(1, Ceiling(demand));

    /// <summary>The next whole number, errors of rounding aside.</summary>
    public static int Ceiling(double instances) => (int)Math.Ceiling(instances - Negligible);
}
