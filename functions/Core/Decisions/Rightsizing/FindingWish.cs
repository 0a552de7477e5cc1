using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Decisions.Sizing;

namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>What carrying a finding out asks for now.</summary>
/// <param name="Size">The size, or why it stays.</param>
/// <param name="Count">The count; absent when it is left alone.</param>
/// <param name="SizeAfter">The size that is wanted once there are so many instances; absent when the count waits for nothing.</param>
public sealed record FindingWish(SizeDecision Size, CountWish? Count, SizeDecision? SizeAfter = null);
