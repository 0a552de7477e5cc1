using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Assessments;

/// <summary>A resource that nobody else scales, and what was seen of it.</summary>
/// <param name="Target">The resource.</param>
/// <param name="Use">How it used its instances.</param>
/// <param name="Price">What one of them costs an hour.</param>
public sealed record AssessedTarget(ObservedTarget Target, CapacityUse Use, PriceReading Price);
