namespace ScaleFunctions.App.Hosting.Api;

/// <summary>The end of the journal.</summary>
/// <param name="Last">Ask for the changes after this.</param>
/// <param name="Entries">Newest first.</param>
internal sealed record JournalAnswer(long Last, IReadOnlyList<JournalLine> Entries);
