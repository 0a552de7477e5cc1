namespace ScaleFunctions.App.Commands.Policies;

/// <summary>What <c>why</c> tells of a target.</summary>
internal sealed record Explanation(
    string Target, int? Instances, string Now, IReadOnlyList<ExplanationLine> Decisions);
