namespace ScaleFunctions.Core.Prices;

/// <summary>What is known of a price. One that nobody knows is a case of its own, never zero.</summary>
public abstract record PriceReading
{
    private PriceReading()
    {
    }

    public sealed record Known(Price Price) : PriceReading;

    /// <param name="Why">For people: <c>no meter is listed for Standard_X in westeurope</c>.</param>
    public sealed record Missing(string Why) : PriceReading
    {
        /// <summary>Whether something went wrong: asked again it may be known.</summary>
        public bool IsGap { get; init; }
    }
}
