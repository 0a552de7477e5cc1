using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>What a resource has now.</summary>
/// <param name="Size">The size of its instances.</param>
/// <param name="Instances">How many there are; at least 1.</param>
/// <param name="MeanInstances">How many there were on the average of the look-back.</param>
/// <param name="Price">What one costs.</param>
public sealed record FleetNow(SizeOffer Size, int Instances, double MeanInstances, Price Price)
{
    public double Cores => (double)Instances * Size.Cores;
}
