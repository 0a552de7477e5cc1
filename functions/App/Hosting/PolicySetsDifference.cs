using ScaleFunctions.Core.Policies.Differences;

namespace ScaleFunctions.App.Hosting;

/// <summary>What changes from one set of policies to another.</summary>
/// <param name="From">The set before.</param>
/// <param name="To">The set after.</param>
/// <param name="Differences">By policy; empty when only comments, order or files differ.</param>
internal sealed record PolicySetsDifference(string From, string To, IReadOnlyList<PolicyDifference> Differences);
