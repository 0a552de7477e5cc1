using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>What is kept of a target's size, read again to be carried out.</summary>
public abstract record FindingReading
{
    private FindingReading()
    {
    }

    /// <param name="Finding">The finding.</param>
    /// <param name="PriceNow">What an instance costs today.</param>
    /// <param name="PriceThen">What one of the other size does.</param>
    public sealed record Found(KeptFinding Finding, PriceReading PriceNow, PriceReading PriceThen) : FindingReading;

    /// <summary>There is nothing to carry out.</summary>
    /// <param name="Why">For people.</param>
    public sealed record Nothing(string Why) : FindingReading;
}
