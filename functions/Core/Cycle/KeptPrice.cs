using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Core.Cycle;

/// <summary>A price as it is kept between runs.</summary>
public sealed record KeptPrice(PriceQuery Query, Price Price, DateTimeOffset ReadAt);
