namespace ScaleFunctions.App.Commands.SelfTests;

/// <summary>One thing that is tried.</summary>
/// <param name="Name">As it is told when it fails.</param>
/// <param name="RunAsync">Does it; returns what was seen, for people.</param>
internal sealed record SelfTestStep(string Name, Func<SelfTestWorld, CancellationToken, Task<string>> RunAsync);
