namespace ScaleFunctions.App.Hosting.Api;

/// <summary>The resources that are left alone, and why.</summary>
/// <param name="Total">How many there are.</param>
/// <param name="Resources">The first of them, in the order of their ids.</param>
internal sealed record LeftAloneAnswer(int Total, IReadOnlyList<LeftAloneView> Resources);
