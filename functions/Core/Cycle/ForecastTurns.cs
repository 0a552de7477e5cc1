using System.Text.Json;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Spreads the refresh of forecasts over the quarter of an hour. Each target has one of its fifteen minutes, by its id. A run
/// takes the minutes that have come since the last run, whatever the schedule; what was missed is made good later, and never
/// more than a third of the targets in one run.
/// </summary>
public sealed class ForecastTurns(IDocumentStore documents)
{
    /// <summary>Minutes that targets are spread over: a load is told in means of a quarter of an hour, so nothing is new before.</summary>
    public const int Minutes = 15;

    private const string Partition = "forecast-turns";
    private const string Key = "next";
    private const int MostAtOnce = 5;

    /// <summary>Which minutes' targets are due, the longest due first.</summary>
    public async Task<Turn> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var minute = now.UtcTicks / TimeSpan.TicksPerMinute;
        var stored = await documents.ReadDocumentAsync(Partition, Key, cancellationToken).ConfigureAwait(false);

        // A minute far ahead was noted by a clock that was wrong: it must not stop the turns until then.
        var known = Parse(stored) is { } read && read.Minute - minute <= Minutes ? read : new ForecastTurn((int)(minute % Minutes), Minutes, minute);
        return new Turn(
            known with { Owed = (int)Math.Min(Minutes, known.Owed + Math.Max(0, minute - known.Minute)), Minute = minute }, stored?.Version ?? 0);
    }

    /// <summary>Notes that the first so many of the minutes were dealt with. Whoever is faster has done the same.</summary>
    public async Task DoneAsync(Turn turn, int minutes, CancellationToken cancellationToken)
    {
        var next = turn.Now with { Next = (turn.Now.Next + minutes) % Minutes, Owed = turn.Now.Owed - minutes };
        var json = JsonSerializer.Serialize(next, CycleJson.Default.ForecastTurn);
        await documents.WriteDocumentAsync(
            new StoredDocument(Partition, Key, turn.Version, json, DateTimeOffset.MaxValue), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What cannot be read is as good as nothing: all are due then.</summary>
    private static ForecastTurn? Parse(StoredDocument? stored)
    {
        try
        {
            return stored is not null && JsonSerializer.Deserialize(stored.Json, CycleJson.Default.ForecastTurn) is { Next: >= 0, Owed: >= 0 } turn ? turn : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What is due in a run.</summary>
    /// <param name="Now">Where the turns stand.</param>
    /// <param name="Version">Of the document that says so.</param>
    public sealed record Turn(ForecastTurn Now, long Version)
    {
        /// <summary>Minutes of the quarter of an hour, in the order in which they are due.</summary>
        public IReadOnlyList<int> Due => [.. Enumerable.Range(Now.Next, Math.Min(MostAtOnce, Now.Owed)).Select(minute => minute % Minutes)];
    }
}
