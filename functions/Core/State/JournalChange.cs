using ScaleFunctions.Core.Journal;

namespace ScaleFunctions.Core.State;

/// <summary>A journal entry and its place in the order of writing, which grows and may have gaps.</summary>
public sealed record JournalChange(long Position, JournalEntry Entry);
