using System.Globalization;

namespace ScaleFunctions.Core.Policies;

/// <summary>When a signal of a guard says that something is wrong. One of both is given.</summary>
/// <param name="Signal">Name of a signal of the same guard.</param>
/// <param name="Above">In the unit of the metric.</param>
/// <param name="Below">Likewise.</param>
public sealed record GuardBound(string Signal, double? Above, double? Below)
{
    public bool IsBroken(double value) => value > Above || value < Below;

    /// <summary>For people: <c>above 800</c>.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{(Above is null ? "below" : "above")} {Above ?? Below:0.###}");
}
