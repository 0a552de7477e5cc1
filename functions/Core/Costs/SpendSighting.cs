using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Core.Costs;

/// <summary>What a resource was seen to be.</summary>
/// <param name="At">When.</param>
/// <param name="Instances">Those that are billed; what is deallocated is none.</param>
/// <param name="Sku">Their size.</param>
/// <param name="Price">What one of them costs an hour.</param>
public sealed record SpendSighting(DateTimeOffset At, int Instances, string Sku, PriceReading Price);
