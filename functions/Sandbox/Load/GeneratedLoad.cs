namespace ScaleFunctions.Sandbox.Load;

/// <summary>
/// A made-up but plausible load: daily wave, weekend, noise, bursts and a launch day. Computed from the time and the
/// seed alone, so any minute can be asked for in any order and two runs agree.
/// </summary>
public sealed class GeneratedLoad(GeneratedLoadShape shape, int seed) : ILoadSource
{
    private const int NoiseKnotMinutes = 5;
    private const double BurstRiseMinutes = 2;
    private const double WeekendBlendHours = 2;

    private enum Stream
    {
        Noise,
        BurstBegins,
        BurstOffset,
        BurstHeight,
    }

    public double DemandAt(DateTimeOffset at)
    {
        var time = at.ToUniversalTime();
        return shape.Mean * DailyWave(time) * WeekendFactor(time) * Noise(time) * Bursts(time) * Launch(time);
    }

    private double DailyWave(DateTimeOffset at) =>
        Math.Max(0, 1 + (shape.DailyAmplitude * Math.Cos(2 * Math.PI * (at.TimeOfDay.TotalHours - shape.PeakHour) / 24)));

    private double WeekendFactor(DateTimeOffset at)
    {
        var today = FactorOf(at.DayOfWeek);
        var tomorrow = FactorOf(at.AddDays(1).DayOfWeek);
        var blend = Math.Max(0, (at.TimeOfDay.TotalHours - (24 - WeekendBlendHours)) / WeekendBlendHours);
        return today + ((tomorrow - today) * blend);
    }

    private double FactorOf(DayOfWeek day) => day is DayOfWeek.Saturday or DayOfWeek.Sunday ? shape.WeekendFactor : 1;

    private double Noise(DateTimeOffset at)
    {
        var position = at.Ticks / (double)TimeSpan.TicksPerMinute / NoiseKnotMinutes;
        var knot = (long)Math.Floor(position);
        var fraction = position - knot;
        var deviation = (Deviate(knot) * (1 - fraction)) + (Deviate(knot + 1) * fraction);
        return Math.Max(0, 1 + (shape.Noise * deviation));
    }

    // The sum of three uniform numbers, brought to variance 1: near enough to normal, and never beyond ±3.
    private double Deviate(long knot) =>
        2 * (Uniform(Stream.Noise, knot * 3) + Uniform(Stream.Noise, (knot * 3) + 1) + Uniform(Stream.Noise, (knot * 3) + 2) - 1.5);

    private double Bursts(DateTimeOffset at)
    {
        if (shape.BurstsPerDay <= 0)
        {
            return 1;
        }

        var hour = at.Ticks / TimeSpan.TicksPerHour;
        return Math.Max(Burst(hour, at), Burst(hour - 1, at));
    }

    private double Burst(long hour, DateTimeOffset at)
    {
        if (Uniform(Stream.BurstBegins, hour) >= shape.BurstsPerDay / 24)
        {
            return 1;
        }

        var begins = (hour * 60d) + (Uniform(Stream.BurstOffset, hour) * 60);
        var minutes = (at.Ticks / (double)TimeSpan.TicksPerMinute) - begins;
        var length = Math.Clamp(shape.BurstLength.TotalMinutes, BurstRiseMinutes + 1, 60);
        var height = (shape.BurstFactor - 1) * (0.5 + (0.5 * Uniform(Stream.BurstHeight, hour)));
        return minutes < 0 || minutes > length ? 1
            : minutes < BurstRiseMinutes ? 1 + (height * minutes / BurstRiseMinutes)
            : 1 + (height * (length - minutes) / (length - BurstRiseMinutes));
    }

    private double Launch(DateTimeOffset at)
    {
        if (shape.LaunchAt is not { } launch || at < launch)
        {
            return 1;
        }

        var hours = (at - launch).TotalHours;
        var excess = hours < 0.5 ? hours / 0.5 : Math.Pow(0.5, (hours - 0.5) / 8);
        return 1 + ((shape.LaunchFactor - 1) * excess);
    }

    /// <summary>A number in [0, 1) for a place in a stream: the SplitMix64 finisher over seed, stream and place.</summary>
    private double Uniform(Stream stream, long place)
    {
        var bits = unchecked(((ulong)(uint)seed * 0x9E3779B97F4A7C15) + ((ulong)stream * 0xD1B54A32D192ED03) + (ulong)place);
        bits = unchecked((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9);
        bits = unchecked((bits ^ (bits >> 27)) * 0x94D049BB133111EB);
        bits ^= bits >> 31;
        return (bits >> 11) / (double)(1UL << 53);
    }
}
