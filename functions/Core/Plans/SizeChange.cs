using ScaleFunctions.Core.Limits;

namespace ScaleFunctions.Core.Plans;

/// <summary>From one size to another.</summary>
/// <param name="From">What there is.</param>
/// <param name="To">What shall be.</param>
public sealed record SizeChange(SizeOffer From, SizeOffer To)
{
    /// <summary>Whether it gives an instance more.</summary>
    public bool IsUp => (To.Cores, To.MemoryGiB ?? 0).CompareTo((From.Cores, From.MemoryGiB ?? 0)) > 0;
}
