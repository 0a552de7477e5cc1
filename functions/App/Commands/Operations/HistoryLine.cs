using System.Text.Json;
using ScaleFunctions.Core.Journal;

namespace ScaleFunctions.App.Commands.Operations;

/// <summary>One entry of <c>history</c>.</summary>
internal sealed record HistoryLine(
    DateTimeOffset At, string Target, long Sequence, JournalKind Kind, string Actor, string Text, JsonElement Facts, string Hash)
{
    /// <summary>The action it is about, as <c>rollback</c> takes it; absent when it is about none.</summary>
    public string? Action { get; init; }
}
