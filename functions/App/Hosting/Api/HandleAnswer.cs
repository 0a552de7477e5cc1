namespace ScaleFunctions.App.Hosting.Api;

/// <summary>What a handle did.</summary>
internal sealed record HandleAnswer(string What, DateTimeOffset? Until);
