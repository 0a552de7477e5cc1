namespace ScaleFunctions.Core.Backtests.Peers;

/// <summary>How careful and how calm the reference policy is.</summary>
/// <param name="Quantile">Quantile of the error that is added.</param>
/// <param name="HoldMinutes">The highest wish of this many minutes counts.</param>
/// <param name="LeastGap">Least share of the fleet that is given back at once.</param>
public sealed record ReferenceSettings(double Quantile, int HoldMinutes = 8, double LeastGap = 0);
