using System.Text.Json.Serialization;

namespace ScaleFunctions.Core.Forecasts.Loads;

/// <summary>The load of one quarter of an hour, as decisions saw it.</summary>
/// <param name="At">Its begin.</param>
/// <param name="Sum">Sum of the samples, in the unit of the load (value of the signal × instances).</param>
/// <param name="Samples">How many there were, at least 1.</param>
/// <param name="IsCapped">Whether one of them was at the end of what the signal can show: the true load was higher.</param>
public sealed record LoadBin(DateTimeOffset At, double Sum, int Samples, bool IsCapped)
{
    /// <summary>The step of the forecasts.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(15);

    [JsonIgnore]
    public double Mean => Sum / Samples;

    public static DateTimeOffset StartOf(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % Length.Ticks), TimeSpan.Zero);
}
