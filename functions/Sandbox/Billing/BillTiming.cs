using System.Text;

namespace ScaleFunctions.Sandbox.Billing;

/// <summary>When usage appears on the bill, and how far what appears is off at first. The same for the same usage in every run.</summary>
internal sealed class BillTiming(BillingOptions options)
{
    private static readonly TimeSpan Step = TimeSpan.FromHours(24);

    /// <summary>Whether the usage of an hour is on the bill.</summary>
    public bool Shows(DayCharge charge, int hour, DateTimeOffset now)
    {
        var end = Midnight(charge.Day).AddHours(hour + 1);
        var wait = options.AppearsAfter + ((options.AppearsBefore - options.AppearsAfter) * Share(charge, hour));
        return end + wait <= now;
    }

    /// <summary>What an amount of the day is multiplied by: it nears 1 with each day that the bill is gone over, and is 1 then.</summary>
    public decimal Factor(DayCharge charge, DateTimeOffset now)
    {
        var steps = (int)Math.Ceiling(options.CorrectedFor / Step);
        if (steps == 0 || charge.Type != DayCharge.Usage)
        {
            return 1;
        }

        var done = Math.Clamp((int)Math.Floor((now - Midnight(charge.Day.AddDays(1))) / Step), 0, steps);
        return 1 + (decimal)(options.Correction * ((2 * Share(charge, DayCharge.Hours)) - 1) * (steps - done) / steps);
    }

    public static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <summary>From 0 to below 1, by the hash of Fowler, Noll and Vo (FNV-1a, 32 bits).</summary>
    private static double Share(DayCharge charge, int hour)
    {
        var hash = 2_166_136_261u;
        foreach (var octet in Encoding.UTF8.GetBytes($"{charge.Resource.ToLowerInvariant()}|{charge.Meter}|{charge.Day.DayNumber}|{hour}"))
        {
            hash = (hash ^ octet) * 16_777_619u;
        }

        // The low bits of neighbours are alike; the high ones are mixed in.
        hash ^= hash >> 15;
        return (hash * 2_654_435_769u >> 8) / (double)(1 << 24);
    }
}
