namespace ScaleFunctions.App.Commands.Operations;

/// <summary>One chain of <c>history --verify</c>.</summary>
internal sealed record VerificationLine(string Target, long Entries, string? Fault);
