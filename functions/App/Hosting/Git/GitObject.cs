namespace ScaleFunctions.App.Hosting.Git;

/// <summary>An object of a repository.</summary>
/// <param name="Kind"><c>commit</c>, <c>tree</c>, <c>blob</c> or <c>tag</c>.</param>
/// <param name="Content">Its bytes, unpacked.</param>
internal sealed record GitObject(string Kind, byte[] Content);
