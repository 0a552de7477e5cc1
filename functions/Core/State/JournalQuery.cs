namespace ScaleFunctions.Core.State;

/// <summary>Which journal entries are wanted, newest first.</summary>
/// <param name="Chain">One chain, or all when absent.</param>
/// <param name="Since">Only entries at or after this time.</param>
/// <param name="Limit">At most so many.</param>
public sealed record JournalQuery(string? Chain = null, DateTimeOffset? Since = null, int Limit = 100);
