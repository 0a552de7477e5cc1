namespace ScaleFunctions.Core.Journal.Facts;

/// <summary>That somebody else's operation keeps a change waiting, or has ended.</summary>
/// <param name="Since">Since when it is known to run.</param>
/// <param name="IsOver">Whether it has ended.</param>
public sealed record ForeignOperationFacts(DateTimeOffset Since, bool IsOver);
