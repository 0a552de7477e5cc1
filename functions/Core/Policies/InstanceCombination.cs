using System.Globalization;

namespace ScaleFunctions.Core.Policies;

/// <summary>How the values of single instances make one.</summary>
/// <param name="Percentile">0 is the lowest, 100 the highest; absent for the mean.</param>
public sealed record InstanceCombination(double? Percentile)
{
    public static InstanceCombination Average { get; } = new((double?)null);

    public static InstanceCombination Maximum { get; } = new(100);

    /// <summary>
    /// The value that the given share of the instances does not exceed (nearest rank), so that it is a value some instance has:
    /// of 10 and 90 the 95th percentile is 90, not 86.
    /// </summary>
    public double Of(IReadOnlyList<double> values)
    {
        if (Percentile is not { } percentile)
        {
            return values.Average();
        }

        var rank = (int)Math.Ceiling(percentile / 100 * values.Count);
        return values.Order().ElementAt(Math.Clamp(rank - 1, 0, values.Count - 1));
    }

    public override string ToString() => Percentile switch
    {
        null => "average",
        100 => "maximum",
        0 => "minimum",
        { } percentile => $"p{percentile.ToString(CultureInfo.InvariantCulture)}",
    };
}
