namespace ScaleFunctions.App.Hosting;

/// <summary>Policy files as they were when they were last good.</summary>
/// <param name="Version">Hash of the set.</param>
/// <param name="At">When it was loaded.</param>
/// <param name="Files">The files.</param>
internal sealed record KeptPolicies(string Version, DateTimeOffset At, IReadOnlyList<KeptPolicyFile> Files);
