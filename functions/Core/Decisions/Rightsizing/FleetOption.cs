using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>A size, and whether a resource could have it.</summary>
public abstract record FleetOption
{
    private FleetOption()
    {
    }

    /// <summary>The fewest instances of a size that carry the demand.</summary>
    /// <param name="Size">The size.</param>
    /// <param name="Instances">How many of it; where the count follows the load, how many at the percentile.</param>
    /// <param name="MeanInstances">How many there would be on the average.</param>
    /// <param name="Price">What one costs.</param>
    public sealed record Possible(SizeOffer Size, int Instances, double MeanInstances, Price Price) : FleetOption
    {
        public double Cores => (double)Instances * Size.Cores;
    }

    /// <param name="Size">Name of the size.</param>
    /// <param name="Why">For people: <c>no room in the quota standardESv5Family</c>.</param>
    public sealed record Refused(string Size, string Why) : FleetOption;
}
