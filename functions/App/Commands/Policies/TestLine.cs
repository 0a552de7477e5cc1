namespace ScaleFunctions.App.Commands.Policies;

/// <summary>What came of a case beside a policy.</summary>
internal sealed record TestLine(
    string File, int Line, string Test, string Case, bool IsPassed, IReadOnlyList<string> Differences, string Actual, string Reason);
