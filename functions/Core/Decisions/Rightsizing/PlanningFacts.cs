using ScaleFunctions.Core.Advisories;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>What Azure said that a plan has to reckon with.</summary>
public sealed record PlanningFacts
{
    public required ObservedTarget Target { get; init; }

    /// <summary>What another size must have.</summary>
    public required SizeNeeds Needs { get; init; }

    /// <summary>Every size of the region, the one there is among them.</summary>
    public required IReadOnlyCollection<SizeOffer> Offers { get; init; }

    /// <summary>By the name of the size.</summary>
    public required IReadOnlyDictionary<string, PriceReading> Prices { get; init; }

    /// <summary>Quotas of the subscription in the region; absent for what has none, such as App Service plans.</summary>
    public FactReading<IReadOnlyList<QuotaUsage>>? Quotas { get; init; }

    public required FactReading<IReadOnlyList<Reservation>> Reservations { get; init; }

    public PriceReading PriceOf(string size) => Prices.GetValueOrDefault(size) ?? new PriceReading.Missing("nobody was asked");
}
