namespace ScaleFunctions.Core.Policies.Differences;

/// <summary>One thing in which two sets of policies differ, as it is written in each.</summary>
/// <param name="Policy">Kind and name, or a file that is no policy.</param>
/// <param name="Field">Which field; empty for the whole.</param>
/// <param name="Before">What it was; absent where there was none.</param>
/// <param name="After">What it is; absent where there is none any more.</param>
public sealed record PolicyDifference(string Policy, string Field, string? Before, string? After);
