using ScaleFunctions.Core.Advisories;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Sizes;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Where what is known of sizes comes from.</summary>
/// <param name="Sizes">What resources have, and what another size must have.</param>
/// <param name="Limits">Which sizes and quotas there are.</param>
/// <param name="Advisor">What is paid in advance.</param>
/// <param name="Prices">What sizes cost.</param>
public sealed record SizeSources(IReadOnlyList<ISizeSource> Sizes, IComputeLimits Limits, ICostAdvisor Advisor, IPriceSource Prices);
