using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Core.SelfCosts;

/// <summary>What something costs a month.</summary>
public abstract record SelfAmount
{
    private SelfAmount()
    {
    }

    public sealed record Known(Money Money, SelfPrice Price) : SelfAmount;

    /// <summary>Azure asks nothing for it.</summary>
    public sealed record Free : SelfAmount;

    /// <param name="Why">For people.</param>
    public sealed record Missing(string Why) : SelfAmount;
}
