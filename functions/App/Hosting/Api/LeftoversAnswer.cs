namespace ScaleFunctions.App.Hosting.Api;

/// <summary>A page of what stands about, in the order of the ids.</summary>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="Next">The <c>after</c> of the page that follows; null on the last one.</param>
/// <param name="Leftovers">Those of this page.</param>
internal sealed record LeftoversAnswer(int Total, string? Next, IReadOnlyList<LeftoverFact> Leftovers);
