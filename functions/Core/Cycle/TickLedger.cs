using System.Globalization;
using System.Text.Json;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Collects what the batches of a tick would lower, one conditional document a batch, so that the next tick can judge all of
/// it together. A batch that does not report stops every lowering of its tick: what is not known may be anything.
/// </summary>
/// <param name="documents">Where it is kept.</param>
/// <param name="options">How often there are ticks; each minute when absent.</param>
public sealed class TickLedger(IDocumentStore documents, CycleOptions? options = null)
{
    private const string Ticks = "ticks";
    private const string Latest = "latest";

    /// <summary>Ticks after which a ledger is not acted on: what it says of loads is no longer true.</summary>
    private const int GoodTicks = 3;

    private static readonly TimeSpan LeastKept = TimeSpan.FromHours(1);

    private readonly TimeSpan _goodFor = GoodTicks * (options?.Interval ?? TimeSpan.FromMinutes(1));

    /// <summary>Opens the ledger of a new tick. Fails when the tick, or a later one, has begun already.</summary>
    /// <param name="header">The new tick.</param>
    /// <param name="last">The tick whose ledger it closes: it is closed once, so another one begun since makes this one fail.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<bool> BeginAsync(TickHeader header, TickHeader? last, CancellationToken cancellationToken)
    {
        var stored = await documents.ReadDocumentAsync(Ticks, Latest, cancellationToken).ConfigureAwait(false);
        if (Parse(stored) != last || (last is not null && !IsAfter(header, last)))
        {
            return false;
        }

        var json = JsonSerializer.Serialize(header, CycleJson.Default.TickHeader);
        var document = new StoredDocument(Ticks, Latest, stored?.Version ?? 0, json, DateTimeOffset.MaxValue);
        return await documents.WriteDocumentAsync(document, cancellationToken).ConfigureAwait(false) is RowWrite.Written;
    }

    /// <summary>The tick that began last.</summary>
    public async Task<TickHeader?> LatestAsync(CancellationToken cancellationToken) =>
        Parse(await documents.ReadDocumentAsync(Ticks, Latest, cancellationToken).ConfigureAwait(false));

    /// <summary>Notes what a batch found. The first report of a batch counts; a repeated delivery changes nothing.</summary>
    public async Task ReportAsync(EvaluateRequest request, LedgerEntry entry, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize(entry, CycleJson.Default.LedgerEntry);
        var key = request.Batch.ToString("D5", CultureInfo.InvariantCulture);
        var document = new StoredDocument(Partition(request.TickId), key, 0, json, request.TickAt + (_goodFor > LeastKept ? _goodFor : LeastKept));
        await documents.WriteDocumentAsync(document, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What the batches of a tick have reported. One whose report cannot be read has not reported, so nothing is lowered.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> ReadAsync(TickHeader last, CancellationToken cancellationToken)
    {
        var stored = await documents.ListDocumentsAsync(Partition(last.TickId), cancellationToken).ConfigureAwait(false);
        return [.. stored.Select(document => document.Read(CycleJson.Default.LedgerEntry)).OfType<LedgerEntry>().Where(entry => entry is { Counts: not null, Proposals: not null })];
    }

    /// <summary>Judges what a tick would lower.</summary>
    /// <param name="last">The tick.</param>
    /// <param name="entries">What its batches have reported.</param>
    /// <param name="lately">What was lowered before, read after the entries: a batch that has reported has also lowered what it was to.</param>
    /// <param name="approval">That any of it is approved, when it is.</param>
    /// <param name="approved">Which of it is approved.</param>
    /// <param name="now">When it is judged.</param>
    public ClosedLedger Judge(
        TickHeader last, IReadOnlyList<LedgerEntry> entries, IReadOnlyList<FleetCount> lately, LoweringApproval? approval,
        IReadOnlyList<ApprovedLowerings> approved, DateTimeOffset now)
    {
        // What a person has approved surprises nobody any more: it is spread over ticks like all that is expected.
        var floors = new Dictionary<string, int>();
        var proposals = entries.SelectMany(entry => entry.Proposals).Select(each =>
        {
            if (each.IsExpected || approved.Select(plan => plan.FloorOf(each)).Max() is not { } floor)
            {
                return each;
            }

            floors[each.Target.Key] = floor;
            return each with { IsExpected = true };
        }).ToList();
        var isApproved = approval is not null && now < approval.Until;
        var verdicts = LoweringCaps.Judge(proposals, [.. entries.SelectMany(entry => entry.Counts), .. lately], isApproved);
        var overall = (now - last.At).Duration() > _goodFor ? "the last tick is too long ago; proposed anew"
            : entries.Count < last.Batches ? $"only {entries.Count} of {last.Batches} batches of the last tick reported, so nothing is lowered"
            : null;
        return new ClosedLedger(
            verdicts.ToDictionary(verdict => verdict.Target.Key, verdict => overall ?? verdict.Why), IsFinished: entries.Count >= last.Batches)
        {
            Floors = floors,

            // What may be lowered as expected may not turn out to be more and unexpected by the time it is carried out.
            Surprises = proposals.Where(each => !each.IsExpected && verdicts.Any(verdict => verdict.IsPermitted && verdict.Target == each.Target))
                .GroupBy(each => each.Target.Key).ToDictionary(group => group.Key, group => isApproved ? 0 : group.Max(each => each.Goal)),
            Awaiting = overall is not null ? [] : [.. verdicts.Where(verdict => verdict.AwaitsApproval)
                .Select(verdict => proposals.Where(each => each.Target == verdict.Target).MinBy(each => each.Least)!)],
        };
    }

    /// <summary>A tick that lies in the future was begun by a clock that was wrong: it must not stop the ticks until then.</summary>
    private bool IsAfter(TickHeader header, TickHeader last) =>
        string.CompareOrdinal(header.TickId, last.TickId) > 0 || last.At - header.At > _goodFor;

    private static string Partition(string tickId) => $"ledger/{tickId}";

    /// <summary>A tick that cannot be read closes no ledger: it is as if this one were the first.</summary>
    private static TickHeader? Parse(StoredDocument? document) => document?.Read(CycleJson.Default.TickHeader) is { TickId: not null } header ? header : null;
}
