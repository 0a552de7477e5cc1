using Microsoft.Extensions.Time.Testing;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Cycle;

public sealed class ApprovalDeskTests
{
    private readonly FakeTimeProvider _time = new(Some.Noon);
    private readonly MemoryStateStore _store = new();
    private readonly MemoryDocumentStore _documents = new();
    private readonly ApprovalDesk _desk;
    private readonly TickLedger _ledger;

    public ApprovalDeskTests()
    {
        _desk = new ApprovalDesk(new RowStore(_store), _documents, new CycleOptions { Worker = "worker-1" }, _time);
        _ledger = new TickLedger(_documents);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plan_is_asked_for_once_as_long_as_it_names_all_that_is_wanted()
    {
        Assert.StartsWith("2 targets would be lowered unexpectedly, more than may be at once: a 9 → 2, b 9 → 2; approval ap-", await AskAsync(Lower("a"), Lower("b")), StringComparison.Ordinal);
        Assert.Null(await AskAsync(Lower("a"), Lower("b", least: 1)));
        Assert.Null(await AskAsync(Lower("b")));

        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.Null(await AskAsync(Lower("a"), Lower("c")));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(await AskAsync(Lower("a"), Lower("c")));
        Assert.Equal([ApprovalStatus.Void, ApprovalStatus.Pending], (await FleetAsync()).Approvals.Select(each => each.StatusAt(Now)));
    }

    /// <summary>Long after the first time as well: a person who reads it sees the same request.</summary>
    [Fact]
    public async Task What_waits_for_an_answer_is_not_asked_for_again()
    {
        await AskAsync(Lower("a"), Lower("b"));
        _time.Advance(ApprovalRow.AnsweredWithin - TimeSpan.FromMinutes(1));

        Assert.Null(await AskAsync(Lower("a"), Lower("b")));
        Assert.Single((await FleetAsync()).Approvals);
    }

    [Fact]
    public async Task What_nobody_answers_is_asked_for_again_after_an_hour()
    {
        await AskAsync(Lower("a"), Lower("b"));
        _time.Advance(ApprovalRow.AnsweredWithin);

        Assert.NotNull(await AskAsync(Lower("a"), Lower("b")));
        Assert.Equal([ApprovalStatus.Expired, ApprovalStatus.Pending], (await FleetAsync()).Approvals.Select(each => each.StatusAt(Now)));
    }

    [Fact]
    public async Task What_was_denied_is_left_in_peace_for_an_hour()
    {
        await AskAsync(Lower("a"), Lower("b"));
        await AnswerAsync(isApproved: false);

        Assert.Null(await AskAsync(Lower("a"), Lower("b")));
        Assert.StartsWith("1 target would be lowered unexpectedly, more than may be at once: c ", await AskAsync(Lower("a"), Lower("b"), Lower("c")), StringComparison.Ordinal);
        _time.Advance(ApprovalRow.AnsweredWithin);
        Assert.NotNull(await AskAsync(Lower("a"), Lower("b")));
    }

    [Fact]
    public async Task What_was_approved_is_spread_over_ticks_and_goes_no_further_than_it_said()
    {
        await AskAsync(Lower("a"), Lower("b"), Lower("c"));
        Assert.Equal(3, (await CloseAsync(Lower("a"), Lower("b"), Lower("c"))).Awaiting.Count);

        Assert.IsType<ApprovalResult.Answered>(await AnswerAsync(isApproved: true));
        Assert.Equal(["", "turn", "turn"], Words(await CloseAsync(Lower("a"), Lower("b"), Lower("c"))));

        // One goes further and one is new: two more than were approved, and one may be lowered at once.
        var closed = await CloseAsync(Lower("a"), Lower("b", least: 1), Lower("d"));
        Assert.Equal(["", "person", "person"], Words(closed));
        Assert.Equal(["b", "d"], closed.Awaiting.Select(each => each.Target.Name));
    }

    [Fact]
    public async Task What_was_approved_is_carried_out_no_further_and_from_no_more_instances()
    {
        await AskAsync(Lower("a"), Lower("b"));
        await AnswerAsync(isApproved: true);

        Assert.Equal([Some.Id("a").Key], (await CloseAsync(Lower("a"), Lower("b") with { From = 90 })).Floors.Keys);
        var closed = await CloseAsync(Lower("a"), Lower("b"));
        Assert.Equal(["", "turn"], Words(closed));

        var permits = new LoweringPermits.Judged(closed.Verdicts) { Floors = closed.Floors };
        Assert.Null(permits.WhyNot(new LoweringProposal(Some.Id("a"), "westeurope", 4, 2, IsExpected: false)));
        Assert.Equal("no fewer than 2 instances were approved; proposed anew", permits.WhyNot(new LoweringProposal(Some.Id("a"), "westeurope", 4, 1, IsExpected: false)));
    }

    [Fact]
    public async Task What_was_approved_is_over_after_a_while()
    {
        await AskAsync(Lower("a"), Lower("b"));
        await AnswerAsync(isApproved: true);
        _time.Advance(ApprovalRow.UsableFor);

        Assert.Equal(["person", "person"], Words(await CloseAsync(Lower("a"), Lower("b"))));
    }

    [Fact]
    public async Task A_window_is_asked_for_by_one_person_and_approved_by_another()
    {
        var asked = await _desk.AskForWindowAsync("ann", "the sale is over", 20, Cancellation);

        Assert.IsType<ApprovalResult.Refused>(await _desk.AnswerAsync(asked.Id, true, "ann", "x", false, Cancellation));
        Assert.IsType<ApprovalResult.Answered>(await _desk.AnswerAsync(asked.Id.ToUpperInvariant(), true, "bob", "x", false, Cancellation));
        Assert.Equal(Some.At(20), (await FleetAsync()).Approval?.Until);
        Assert.IsType<ApprovalResult.NotFound>(await _desk.AnswerAsync("ap-0", true, "bob", "x", false, Cancellation));
    }

    [Fact]
    public async Task Who_breaks_the_glass_without_need_is_not_marked()
    {
        var asked = await _desk.AskForWindowAsync("ann", "x", 20, Cancellation);

        var answered = Assert.IsType<ApprovalResult.Answered>(await _desk.AnswerAsync(asked.Id, true, "bob", "x", isBreakGlass: true, Cancellation));

        Assert.False(answered.Row.Answer!.IsBreakGlass);
    }

    [Fact]
    public async Task Who_breaks_the_glass_for_what_they_asked_for_is_marked_and_told()
    {
        var asked = await _desk.AskForWindowAsync("ann", "x", 20, Cancellation);
        Assert.IsType<ApprovalResult.Refused>(await _desk.AnswerAsync(asked.Id, true, " Ann", "nobody is here", isBreakGlass: false, Cancellation));
        Assert.Null((await FleetAsync()).Approval);

        var answered = Assert.IsType<ApprovalResult.Answered>(await _desk.AnswerAsync(asked.Id, true, " Ann", "nobody is here", isBreakGlass: true, Cancellation));

        Assert.True(answered.Row.Answer!.IsBreakGlass);
        Assert.Contains(await _store.ReadJournalAsync(new JournalQuery(JournalEntry.FleetChain), Cancellation), entry =>
            entry.Text.Contains("approved by BREAK GLASS by  Ann, asked for by ann: nobody is here", StringComparison.Ordinal) && entry.Facts.GetProperty("what").GetString() == "BreakGlass");
    }

    private DateTimeOffset Now => _time.GetUtcNow();

    private Task<FleetRow> FleetAsync() => _store.ReadFleetAsync(Cancellation);

    private async Task<string?> AskAsync(params LoweringProposal[] awaiting) => await _desk.AskAsync(awaiting, await FleetAsync(), Now, Cancellation);

    private async Task<ApprovalResult> AnswerAsync(bool isApproved) =>
        await _desk.AnswerAsync((await FleetAsync()).Approvals[^1].Id, isApproved, "bob", "fine", false, Cancellation);

    private async Task<ClosedLedger> CloseAsync(params LoweringProposal[] proposals)
    {
        _time.Advance(TimeSpan.FromMinutes(1));
        var (now, id) = (Now, $"{Now.UtcTicks}");
        var request = new EvaluateRequest { TickId = id, TickAt = now, ExpiresAt = now, Batch = 0, Targets = [] };
        await _ledger.ReportAsync(request, new LedgerEntry([new FleetCount("s-1", "westeurope", 10, 0)], proposals), Cancellation);
        var usable = await _desk.UsableAsync(await FleetAsync(), now, Cancellation);
        return await _ledger.CloseAsync(new TickHeader(id, now, 1), null, usable, now, Cancellation);
    }

    private static IEnumerable<string> Words(ClosedLedger closed) => closed.Verdicts.OrderBy(each => each.Key, StringComparer.Ordinal)
        .Select(each => each.Value.Length == 0 ? "" : each.Value.Contains("a person has to approve", StringComparison.Ordinal) ? "person" : "turn");

    /// <summary>A first step of many, all of which are asked for at once.</summary>
    private static LoweringProposal Lower(string name, int least = 2) =>
        new(Some.Id(name), "westeurope", 9, Math.Max(least, 2) == least ? 7 : least, IsExpected: false) { Desired = least };
}
