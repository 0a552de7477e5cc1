using System.Globalization;

namespace ScaleFunctions.Core.Policies;

/// <summary>How often the load may exceed what is prepared for it.</summary>
/// <param name="Text">As the policy says it.</param>
/// <param name="Quantile">Probability that the load stays below what is prepared for, between 0 and 1.</param>
public sealed record ForecastRisk(string Text, double Quantile)
{
    public static readonly ForecastRisk Strict = new("strict", 0.98);

    public static readonly ForecastRisk Balanced = new("balanced", 0.9);

    public static readonly ForecastRisk Thrifty = new("thrifty", 0.75);

    /// <summary>Two weeks of quarters of an hour hold 1,344 errors: further out nothing is known of them.</summary>
    public const double Highest = 0.999;

    /// <summary>Below it the forecast prepares for less than is likely.</summary>
    public const double Lowest = 0.5;

    /// <summary>Of a twelfth of a year.</summary>
    private const double MinutesPerMonth = 43_830;

    /// <summary>Minutes of a month at <see cref="Lowest"/>.</summary>
    public const double MostMinutes = MinutesPerMonth * (1 - Lowest);

    public static ForecastRisk OfQuantile(double quantile) => new(quantile.ToString(CultureInfo.InvariantCulture), quantile);

    /// <summary>As many minutes of a month as the load may be above what is prepared.</summary>
    public static ForecastRisk OfMinutesShort(double minutes) => new(
        string.Create(CultureInfo.InvariantCulture, $"{minutes} minutes short a month"), Math.Min(Highest, 1 - (minutes / MinutesPerMonth)));
}
