namespace ScaleFunctions.Core.Journal.Facts;

/// <summary>That a target is left alone until a person ends it.</summary>
/// <param name="Actions">Numbers of the actions that failed, oldest first.</param>
/// <param name="Why">What came of the last one.</param>
public sealed record QuarantineFacts(IReadOnlyList<long> Actions, string Why);
