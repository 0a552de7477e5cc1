namespace ScaleFunctions.Core.Forecasts;

/// <summary>One way to carry a load forward. It holds nothing between calls.</summary>
public interface IForecastModel
{
    /// <summary>The name in scores and journals.</summary>
    string Name { get; }

    /// <summary>Whether it carries a season forward. A load without one is left to the others.</summary>
    bool IsSeasonal { get; }

    /// <summary>Whether that many points suffice it.</summary>
    /// <param name="points">Points before the origin.</param>
    /// <param name="period">Points of a season.</param>
    bool CanFit(int points, int period);

    /// <summary>
    /// Forecasts from several origins. The path of origin <c>o</c> uses the values before index <c>o</c> and no other;
    /// its element <c>i</c> is the forecast of value <c>o + i</c>, in the unit of the values.
    /// </summary>
    /// <param name="window">The values, and what models share.</param>
    /// <param name="origins">Ascending indices into the window; each has points enough.</param>
    /// <param name="paths">One array an origin, to fill. A path longer than a season is asked only of the last point.</param>
    void Forecast(SeriesWindow window, ReadOnlySpan<int> origins, double[][] paths);
}
