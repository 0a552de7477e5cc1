using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Cycle;

public sealed class TickLedgerTests
{
    private readonly MemoryDocumentStore _documents = new();
    private readonly TickLedger _ledger;

    public TickLedgerTests() => _ledger = new TickLedger(_documents);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_tick_begins_and_is_the_latest()
    {
        Assert.Null(await _ledger.LatestAsync(Cancellation));
        Assert.True(await _ledger.BeginAsync(Header(0), null, Cancellation));
        Assert.Equal(Header(0), await _ledger.LatestAsync(Cancellation));
    }

    [Theory, InlineData(0), InlineData(-1)]
    public async Task A_tick_that_has_begun_or_an_older_one_does_not_begin(int minute)
    {
        await _ledger.BeginAsync(Header(0), null, Cancellation);

        Assert.False(await _ledger.BeginAsync(Header(minute), Header(0), Cancellation));
        Assert.Equal(Header(0), await _ledger.LatestAsync(Cancellation));
    }

    [Fact]
    public async Task A_ledger_is_closed_by_one_tick_only()
    {
        await _ledger.BeginAsync(Header(0), null, Cancellation);
        await _ledger.BeginAsync(Header(1), Header(0), Cancellation);

        Assert.False(await _ledger.BeginAsync(Header(2), Header(0), Cancellation));
        Assert.True(await _ledger.BeginAsync(Header(2), Header(1), Cancellation));
    }

    [Fact]
    public async Task A_tick_begun_by_a_clock_that_was_a_day_ahead_does_not_stop_the_ticks_for_a_day()
    {
        await _ledger.BeginAsync(Header(24 * 60), null, Cancellation);

        Assert.True(await _ledger.BeginAsync(Header(1), Header(24 * 60), Cancellation));
        Assert.Equal(Header(1), await _ledger.LatestAsync(Cancellation));
    }

    [Fact]
    public async Task Proposals_of_all_batches_are_judged_together()
    {
        await ReportAsync(0, Entry("a"));
        await ReportAsync(1, Entry("b"));

        var verdicts = await CloseAsync(batches: 2);

        Assert.Equal("", verdicts[Some.Id("a").Key]);
        Assert.Contains("waits for its turn", verdicts[Some.Id("b").Key], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_report_of_a_batch_counts()
    {
        await ReportAsync(0, Entry("a"));
        await ReportAsync(0, Entry("b"));

        Assert.Equal([Some.Id("a").Key], (await CloseAsync(batches: 1)).Keys);
    }

    [Fact]
    public async Task A_target_in_two_batches_has_one_verdict()
    {
        await ReportAsync(0, Entry("a"));
        await ReportAsync(1, Entry("a"));

        Assert.Equal("", Assert.Single(await CloseAsync(batches: 2)).Value);
    }

    [Fact]
    public async Task A_batch_that_does_not_report_stops_all_lowerings_of_its_tick()
    {
        await ReportAsync(1, Entry("a"));

        Assert.Equal(
            "only 1 of 2 batches of the last tick reported, so nothing is lowered", Assert.Single(await CloseAsync(batches: 2)).Value);
    }

    [Theory]
    [InlineData(3, true), InlineData(3.1, false), InlineData(-60, false)]
    public async Task What_a_tick_long_ago_or_of_another_clock_found_is_not_acted_on(double minutesLater, bool isGood)
    {
        await ReportAsync(0, Entry("a"));

        var why = Assert.Single((await _ledger.CloseAsync(Header(0), null, [], Some.At(minutesLater), Cancellation)).Verdicts).Value;

        Assert.Equal(isGood ? "" : "the last tick is too long ago; proposed anew", why);
    }

    [Theory]
    [InlineData(5, true), InlineData(15, true), InlineData(16, false)]
    public async Task How_long_a_ledger_is_good_for_goes_by_the_schedule_of_ticks(double minutesLater, bool isGood)
    {
        var ledger = new TickLedger(_documents, new CycleOptions { Worker = "worker-1", Interval = TimeSpan.FromMinutes(5) });
        await ReportAsync(0, Entry("a"));

        var why = Assert.Single((await ledger.CloseAsync(Header(0), null, [], Some.At(minutesLater), Cancellation)).Verdicts).Value;

        Assert.Equal(isGood, why.Length == 0);
    }

    [Fact]
    public async Task A_ledger_is_kept_as_long_as_it_is_good()
    {
        var ledger = new TickLedger(_documents, new CycleOptions { Worker = "worker-1", Interval = TimeSpan.FromHours(1) });

        await ledger.ReportAsync(Request(0, 0), Entry("a"), Cancellation);

        Assert.Equal(Some.At(180), Assert.Single(_documents.All).ExpiresAt);
    }

    [Theory, InlineData(5, true), InlineData(1, false), InlineData(0, false)]
    public async Task An_approval_counts_until_it_ends(int until, bool isPermitted)
    {
        await ReportAsync(0, Entry("a", isExpected: false));
        await ReportAsync(1, Entry("b", isExpected: false));

        var closed = await _ledger.CloseAsync(
            Header(0, batches: 2), new LoweringApproval("ann", "sale is over", Some.At(until)), [], Some.At(1), Cancellation);

        Assert.Equal(isPermitted ? 1 : 0, closed.Verdicts.Values.Count(why => why.Length == 0));
    }

    [Fact]
    public async Task Reports_of_another_tick_do_not_count()
    {
        await _ledger.ReportAsync(Request(1, 0), Entry("a"), Cancellation);

        Assert.Empty(await CloseAsync(batches: 1));
    }

    private static TickHeader Header(int minute, int batches = 1) => new(Name(minute), Some.At(minute), batches);

    private static string Name(int minute) => Some.At(minute).ToString("yyyyMMddHHmm", System.Globalization.CultureInfo.InvariantCulture);

    private static LedgerEntry Entry(string target, bool isExpected = true) => new(
        [new FleetCount("s-1", "westeurope", 1, 0)], [new LoweringProposal(Some.Id(target), "westeurope", 5, 4, isExpected)]);

    private static EvaluateRequest Request(int minute, int batch) =>
        new() { TickId = Name(minute), TickAt = Some.At(minute), ExpiresAt = Some.At(minute + 1.5), Batch = batch, Targets = [] };

    private Task ReportAsync(int batch, LedgerEntry entry) => _ledger.ReportAsync(Request(0, batch), entry, Cancellation);

    private async Task<IReadOnlyDictionary<string, string>> CloseAsync(int batches) =>
        (await _ledger.CloseAsync(Header(0, batches), null, [], Some.At(1), Cancellation)).Verdicts;
}
