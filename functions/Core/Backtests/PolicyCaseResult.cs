using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Backtests;

/// <summary>What came of a case.</summary>
/// <param name="Test">Name of the test it is of.</param>
/// <param name="Case">Its own name.</param>
/// <param name="Source">Where it stands.</param>
/// <param name="Differences">What is not as expected; nothing when it passed.</param>
/// <param name="Actual">What was decided; empty when nothing could be.</param>
/// <param name="Reason">Why; likewise.</param>
public sealed record PolicyCaseResult(
    string Test, string Case, PolicySource Source, IReadOnlyList<string> Differences, string Actual, string Reason)
{
    public bool IsPassed => Differences.Count == 0;
}
