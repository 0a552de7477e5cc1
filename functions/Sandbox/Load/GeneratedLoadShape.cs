namespace ScaleFunctions.Sandbox.Load;

/// <summary>
/// What a generated load looks like. All factors multiply:
/// demand = mean × daily wave × weekend factor × noise × bursts × launch.
/// </summary>
public sealed record GeneratedLoadShape
{
    /// <summary>Demand without any of the factors, in instances.</summary>
    public double Mean { get; init; } = 5;

    /// <summary>Height of the daily wave: at 0.6 the peak is 1.6 and the trough 0.4 of the mean.</summary>
    public double DailyAmplitude { get; init; } = 0.6;

    /// <summary>Hour of the day (UTC) of the peak.</summary>
    public double PeakHour { get; init; } = 14;

    /// <summary>Factor on Saturday and Sunday, reached over the last two hours of the day before.</summary>
    public double WeekendFactor { get; init; } = 0.6;

    /// <summary>Relative size of the noise: one standard deviation; a new value every five minutes, linear between.</summary>
    public double Noise { get; init; } = 0.05;

    /// <summary>Bursts a day on average; at most one begins in any hour.</summary>
    public double BurstsPerDay { get; init; }

    /// <summary>Height of a burst: load is multiplied by up to this, reached in two minutes, falling back linearly.</summary>
    public double BurstFactor { get; init; } = 2;

    /// <summary>How long a burst takes to fall back; at most an hour.</summary>
    public TimeSpan BurstLength { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>When something is launched; none when absent.</summary>
    public DateTimeOffset? LaunchAt { get; init; }

    /// <summary>Load of the launch over the ordinary one: reached in half an hour, the excess halves every eight hours.</summary>
    public double LaunchFactor { get; init; } = 3;
}
