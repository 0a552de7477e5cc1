namespace ScaleFunctions.Core.State;

/// <summary>A kept set of policies that a person put in the place of what the files say. It counts until the files change.</summary>
/// <param name="Version">The set.</param>
/// <param name="Files">What the files said then.</param>
/// <param name="By">Who chose it.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When.</param>
public sealed record ChosenPolicies(string Version, string Files, string By, string Reason, DateTimeOffset At);
