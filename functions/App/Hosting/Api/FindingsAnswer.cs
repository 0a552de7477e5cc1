namespace ScaleFunctions.App.Hosting.Api;

/// <summary>A page of what was found of sizes, in the order of the ids.</summary>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="Next">The <c>after</c> of the page that follows; null on the last one.</param>
/// <param name="Findings">Those of this page.</param>
internal sealed record FindingsAnswer(int Total, string? Next, IReadOnlyList<FindingView> Findings);
