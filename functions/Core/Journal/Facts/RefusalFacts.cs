namespace ScaleFunctions.Core.Journal.Facts;

/// <summary>That Azure refuses writes, and when the next is tried; without that it takes them again.</summary>
/// <param name="Code">Azure's code: <c>AuthorizationFailed</c>.</param>
/// <param name="Times">Refusals in a row.</param>
/// <param name="Until">When the next is tried; absent when it is over.</param>
public sealed record RefusalFacts(string Code, int Times, DateTimeOffset? Until);
