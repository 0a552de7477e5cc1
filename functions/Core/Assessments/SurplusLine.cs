using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Assessments;

/// <summary>A resource that had more instances than its load needed.</summary>
/// <param name="Target">The resource.</param>
/// <param name="Use">What was seen.</param>
/// <param name="PerMonth">What those too many cost a month; absent when nobody knows what one costs.</param>
/// <param name="WhyNotPriced">Why not; empty when it is priced.</param>
public sealed record SurplusLine(ObservedTarget Target, CapacityUse.Judged Use, Money? PerMonth, string WhyNotPriced);
