namespace ScaleFunctions.App.Commands.Plans;

/// <summary>What was asked of <c>apply</c>.</summary>
/// <param name="Policies">Directory of policy files; the usual one when absent.</param>
/// <param name="IsConfirmed">Whether somebody said yes beforehand.</param>
/// <param name="Wait">How long it goes on until all is seen to have arrived; not at all when absent.</param>
/// <param name="Format">How it tells.</param>
internal sealed record ApplyRequest(string? Policies, bool IsConfirmed, TimeSpan? Wait, OutputFormat Format);
