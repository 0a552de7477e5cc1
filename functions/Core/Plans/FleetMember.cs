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
    /// <summary>Sizes on their way to it or from it: until that is over, it is counted as the dearest of them.</summary>
    public IReadOnlyList<string> OtherSizes { get; init; } = [];

    /// <summary>What an instance of it costs an hour; the most it may cost when it is known by its size only.</summary>
    public decimal? PriceBy(PriceList? prices) => OtherSizes.Prepend(Sku).Select(sku => PriceOf(sku, prices)).Max();

    private decimal? PriceOf(string sku, PriceList? prices) =>
        Priced is { } query ? prices?.Of(query with { Sku = sku })?.PerHour.Amount : prices?.AtMost(sku);
}
