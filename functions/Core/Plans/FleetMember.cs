using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Core.Plans;

/// <summary>A resource as far as caps of a fleet are concerned.</summary>
/// <param name="Workload">Name of the workload that selects it.</param>
/// <param name="Sku">Its size.</param>
/// <param name="Instances">Instances asked for.</param>
/// <param name="Priced">What its price is asked by; absent when only its size is known.</param>
public sealed record FleetMember(string Workload, string Sku, int Instances, PriceQuery? Priced = null)
{
    /// <summary>What an instance of it costs an hour; the most it may cost when it is known by its size only.</summary>
    public decimal? PriceBy(PriceList? prices) => Priced is { } query ? prices?.Of(query)?.PerHour.Amount : prices?.AtMost(Sku);
}
