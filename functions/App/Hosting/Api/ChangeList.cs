using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>What was written to the journal after a position.</summary>
/// <param name="Last">Ask again after this.</param>
/// <param name="Changes">Oldest first; empty when there is nothing new.</param>
internal sealed record ChangeList(long Last, IReadOnlyList<JournalChange> Changes);
