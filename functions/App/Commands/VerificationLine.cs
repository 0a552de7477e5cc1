namespace ScaleFunctions.App.Commands;

/// <summary>One chain of <c>history --verify</c>.</summary>
internal sealed record VerificationLine(string Target, long Entries, string? Fault);
