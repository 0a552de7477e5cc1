using Microsoft.Extensions.Time.Testing;
using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Cycle;

public sealed class BudgetCycleTests : ISpendSource, IBudgetSource, ITargetInventory
{
    private readonly FakeTimeProvider _time = new(Some.Noon);
    private readonly MemoryStateStore _store = new();
    private readonly MemoryDocumentStore _documents = new();
    private readonly MemoryWorkQueue _queue = new();
    private readonly BudgetStates _states;
    private readonly BudgetBook _book;
    private readonly BudgetCycle _cycle;
    private BudgetAlertsPolicy _policy = SomeBudget.Policy(SomeBudget.Lower with { Select = SomeBudget.Everything });
    private SpendReading _spend = SomeBudget.Spend(400, 1_200);
    private BudgetReading _budget = new BudgetReading.Gone();
    private InventoryReading _inventory = new InventoryReading.Complete([Some.Target(10)]);
    private GuardrailsPolicy? _prices = Prices;
    private int _reads;

    public BudgetCycleTests()
    {
        _states = new BudgetStates(_documents);
        _book = new BudgetBook(new RowStore(_store), _states, new CycleOptions { Worker = "worker-1" }, _time);
        _cycle = new BudgetCycle(_book, _states, new BudgetSources(this, this, this, new FixedPrices()), _time);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private PolicySet Policies => Some.Policies() with { BudgetAlerts = [_policy], Guardrails = _prices is null ? [] : [_prices] };

    /// <summary>0.20 EUR an hour for each instance.</summary>
    private static GuardrailsPolicy Prices => new()
    {
        Name = "prices",
        Source = Some.Source,
        Prices = new PriceList("EUR", new DateOnly(2026, 3, 1), [KeyValuePair.Create("Standard_D*", 0.20m)]),
    };

    [Fact]
    public async Task What_happens_is_in_the_journal_once_with_its_money()
    {
        await LookAsync();
        await LookAsync();

        var entry = Assert.Single(await JournalAsync(), entry => entry.Facts.TryGetProperty("step", out _));
        Assert.Equal("budget team: the step lowerMaximum is announced and acts from 2026-03-02 13:00 UTC on, the forecast is at 120 % of the amount, 100 % is its limit", entry.Text);
        Assert.Equal((1_200m, "EUR", "Announced"), (entry.Facts.GetProperty("expected").GetDecimal(), entry.Facts.GetProperty("currency").GetString(), entry.Facts.GetProperty("to").GetString()));
        Assert.Equal(BudgetPhase.Announced, await PhaseAsync());
        _time.Advance(TimeSpan.FromHours(1));
        await LookAsync();
        Assert.Equal(BudgetPhase.Active, await PhaseAsync());
    }

    /// <summary>What a chart is drawn of is kept with what was judged by it; what is not known for a while does not take it away.</summary>
    [Fact]
    public async Task The_days_it_was_judged_by_are_kept()
    {
        _spend = SomeBudget.Spend(400, 1_200) with { ByDay = [250, 150.00004m], BilledThrough = new DateOnly(2026, 3, 1) };
        await LookAsync();
        var first = (await _states.ReadAsync(_policy.Name, Cancellation)).Record.Course!;
        _spend = new SpendReading.Missing("the bill could not be read");
        _time.Advance(TimeSpan.FromMinutes(15));
        await LookAsync();

        var kept = (await _states.ReadAsync(_policy.Name, Cancellation)).Record;
        Assert.Equal((Some.Noon, new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 1)), (first.At, first.From, first.BilledThrough!.Value));
        Assert.Equal([250, 150], first.Days);
        Assert.Equal((first.At, 2), (kept.Course!.At, kept.Course.Days.Count));
        Assert.Null(kept.SpentByAzure);
    }

    /// <summary>Azure's figure has no date: before the third day of a period it may be that of the one before, and is not shown as this one's.</summary>
    [Theory]
    [InlineData(2, null)]
    [InlineData(3, 512)]
    public async Task What_azure_says_is_kept_once_it_is_surely_of_this_period(int day, int? spent)
    {
        _policy = _policy with { Amount = null, Budget = SomeBudget.AzureId };
        _budget = new BudgetReading.Known(1_000, "EUR", 512, SomeBudget.March);
        _time.SetUtcNow(new DateTimeOffset(2026, 3, day, 23, 0, 0, TimeSpan.Zero));
        await LookAsync();

        Assert.Equal(spent, (await _states.ReadAsync(_policy.Name, Cancellation)).Record.SpentByAzure);
    }

    [Fact]
    public async Task A_ladder_that_cannot_be_read_begins_anew_and_says_so_once()
    {
        await LookAsync();
        _time.Advance(TimeSpan.FromHours(1));
        await LookAsync();
        Assert.Equal(BudgetPhase.Active, await PhaseAsync());
        var stored = Assert.Single(_documents.All, document => document.Partition == "budgets");
        await _documents.WriteDocumentAsync(stored with { Json = "{" }, Cancellation);

        Assert.Equal(BudgetPhase.Idle, Assert.Single(await _states.StandingsAsync(Policies, Cancellation)).Kept.Of("lowerMaximum").Phase);
        await LookAsync();
        await LookAsync();

        Assert.Equal(BudgetPhase.Announced, await PhaseAsync());
        Assert.Single(await JournalAsync(), entry => entry.Text.StartsWith("what was kept of the budget team cannot be read: its ladder begins anew", StringComparison.Ordinal));
    }

    /// <summary>10 instances down to 4 save 6 × 0.20 an hour, 708 hours until April: 849.60. 900 are over.</summary>
    [Fact]
    public async Task People_are_called_when_the_whole_ladder_does_not_reach()
    {
        _spend = SomeBudget.Spend(400, 1_900);

        await LookAsync();
        await LookAsync();

        Assert.Equal(
            "budget team: the forecast is 900.00 EUR over the amount, and all steps together reach 849.60 EUR: a person has to look",
            Assert.Single(await JournalAsync(), entry => entry.Text.Contains("reach", StringComparison.Ordinal)).Text);
        Assert.Equal(849.60m, Assert.Single((await _states.ReadAsync("team", Cancellation)).Record.Reach).Saves);
    }

    [Fact]
    public async Task What_needs_a_yes_is_asked_for_once_and_done_after_it()
    {
        _policy = SomeBudget.Policy(SomeBudget.Lower with { NeedsApproval = true });
        await LookAsync();
        await LookAsync();
        var request = Assert.Single((await FleetAsync()).Approvals);
        Assert.Equal((ApprovalKind.BudgetStep, "the step lowerMaximum of the budget team acts from 2026-03-02 13:00 UTC on"), (request.Kind, request.What));

        _time.Advance(TimeSpan.FromHours(2));
        await LookAsync();
        Assert.Equal(BudgetPhase.InGrace, await PhaseAsync());

        await AnswerAsync(isYes: true);
        await LookAsync();
        Assert.Equal(BudgetPhase.Active, await PhaseAsync());
    }

    [Fact]
    public async Task A_no_lets_it_rest_and_asks_no_more()
    {
        _policy = SomeBudget.Policy(SomeBudget.Lower with { NeedsApproval = true });
        await LookAsync();
        await AnswerAsync(isYes: false);
        await LookAsync();
        _time.Advance(TimeSpan.FromDays(1));
        await LookAsync();

        Assert.Equal(BudgetPhase.Idle, await PhaseAsync());
        Assert.Single((await FleetAsync()).Approvals);
    }

    [Fact]
    public async Task A_yes_is_for_one_climb_and_asked_for_anew_in_the_next()
    {
        _policy = SomeBudget.Policy(SomeBudget.Lower with { NeedsApproval = true });
        await LookAsync();
        await AnswerAsync(isYes: true);
        _time.Advance(TimeSpan.FromHours(2));
        await LookAsync();
        Assert.Equal(BudgetPhase.Active, await PhaseAsync());

        _spend = SomeBudget.Spend(100, 500);
        await LookAsync();
        for (var look = 0; look < 12; look++)
        {
            _time.Advance(TimeSpan.FromMinutes(30));
            await LookAsync();
        }

        _time.Advance(TimeSpan.FromHours(1));
        await LookAsync();
        Assert.Equal(BudgetPhase.Idle, await PhaseAsync());

        _spend = SomeBudget.Spend(400, 1_200);
        await LookAsync();
        Assert.Equal(2, (await FleetAsync()).Approvals.Count);
        _time.Advance(TimeSpan.FromHours(2));
        await LookAsync();
        Assert.Equal(BudgetPhase.InGrace, await PhaseAsync());
        await AnswerAsync(isYes: true);
        await LookAsync();
        Assert.Equal(BudgetPhase.Active, await PhaseAsync());
    }

    /// <summary>What is not seen, or not priced, could be what reaches far enough.</summary>
    [Theory]
    [InlineData("an incomplete inventory", "the inventory is incomplete: 503")]
    [InlineData("no price", "1 resource has no price")]
    [InlineData("unread tags", "the tags of 1 resource could not be read")]
    public async Task Nobody_is_called_for_what_could_not_be_counted(string what, string why)
    {
        _spend = SomeBudget.Spend(400, 9_000);
        _prices = what == "no price" ? null : _prices;
        _inventory = what switch
        {
            "an incomplete inventory" => new InventoryReading.Partial([Some.Target(10)], "503"),
            "unread tags" => new InventoryReading.Complete([Some.Target(10), Some.Target(10, tags: new TargetTags.Unknown("503")) with { Id = Some.Id("other") }]),
            _ => _inventory,
        };

        await LookAsync();

        var record = (await _states.ReadAsync("team", Cancellation)).Record;
        Assert.False(record.Ladder.IsOutOfReach);
        Assert.DoesNotContain(await JournalAsync(), entry => entry.Text.Contains("reach", StringComparison.Ordinal));
        Assert.Equal(why, record.ReachDoubt);
    }

    [Fact]
    public async Task A_person_undoes_a_step_and_is_named()
    {
        await ToActiveAsync();

        Assert.Null(await _book.UndoAsync(_policy, "lowerMaximum", "ann", "a demo", Cancellation));
        Assert.Equal(BudgetPhase.Undoing, await PhaseAsync());
        Assert.Contains("ann does not want it: a demo", (await JournalAsync())[0].Text, StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromHours(1));
        await LookAsync();
        await LookAsync();
        Assert.Equal(BudgetPhase.Idle, await PhaseAsync());
        Assert.StartsWith("the budget team has no step 'x'", await _book.UndoAsync(_policy, "x", "ann", "", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_judged_is_told_as_such_and_changes_nothing()
    {
        await ToActiveAsync();
        _spend = SomeBudget.Spend(0, 0, currency: "USD");
        _time.Advance(TimeSpan.FromDays(2));

        Assert.Empty(await LookAsync());
        Assert.Equal(BudgetPhase.Active, await PhaseAsync());
        Assert.StartsWith("the spend is in USD", (await _states.ReadAsync("team", Cancellation)).Record.NotJudged, StringComparison.Ordinal);
    }

    /// <summary>Azure evaluates a budget hours to a day into the new month, and tells what the last one came to until then.</summary>
    [Fact]
    public async Task What_Azure_tells_of_the_month_before_is_not_spent_in_the_new_one()
    {
        var april = new SpendPeriod(new DateOnly(2026, 4, 1), new DateOnly(2026, 5, 1));
        _policy = SomeBudget.Policy(SomeBudget.Notify, SomeBudget.Lower, SomeBudget.Stop, SomeBudget.Freeze) with { Amount = null, Budget = SomeBudget.AzureId, ActualThresholds = [80, 100] };
        _time.SetUtcNow(new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero));
        (_budget, _spend) = (new BudgetReading.Known(1_000, "EUR", 1_148, april), SomeBudget.Spend(1, 600));
        for (var look = 0; look < 4 * 24; look++)
        {
            Assert.Empty(await LookAsync());
            _time.Advance(TimeSpan.FromMinutes(15));
        }

        // Once Azure has had the time, its figure counts: it knows what has no price of ours.
        _budget = new BudgetReading.Known(1_000, "EUR", 850, april);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Contains("spend has passed 80 %", Assert.Single(await LookAsync()).Text, StringComparison.Ordinal);
    }

    /// <summary>A guard that lost a right or its prices does nothing, and somebody has to hear of it.</summary>
    [Fact]
    public async Task A_budget_that_cannot_be_judged_for_an_hour_is_told_once_and_when_it_can_again()
    {
        _spend = SomeBudget.Spend(400, 600);
        Assert.Empty(await LookAsync());
        _spend = SomeBudget.Spend(0, 0, currency: "USD");
        List<string> told = [];
        for (var look = 0; look < 12; look++)
        {
            _time.Advance(TimeSpan.FromMinutes(15));
            told.AddRange((await LookAsync()).Select(news => news.Text));
            Assert.Equal(look < 4 ? 0 : 1, told.Count);
        }

        Assert.StartsWith("budget team: it cannot be judged since 2026-03-02 12:15 UTC, nothing begins and nothing ends: the spend is in USD", told[0], StringComparison.Ordinal);
        _spend = SomeBudget.Spend(400, 600);
        Assert.Equal("budget team: it can be judged again", Assert.Single(await LookAsync()).Text);
        Assert.Empty(await LookAsync());
        Assert.Equal(2, (await JournalAsync()).Count);
    }

    [Fact]
    public async Task Spend_that_is_hardly_counted_is_told_where_a_step_would_act_by_it()
    {
        _spend = SomeBudget.Spend(400, 600, coverage: 0.4);
        await LookAsync();
        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.Empty(await LookAsync());
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Contains("only 40 % of the spend is counted as it happens, 60 % are needed", Assert.Single(await LookAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gap_of_less_than_an_hour_is_not_told()
    {
        await LookAsync();
        _spend = new SpendReading.Missing("503");
        Assert.Empty(await LookAsync());
        _time.Advance(TimeSpan.FromMinutes(45));
        Assert.Empty(await LookAsync());
        _spend = SomeBudget.Spend(400, 1_050);
        Assert.Empty(await LookAsync());
    }

    /// <summary>An event says what it likes: it leads to a look, and that decides by what we read.</summary>
    [Theory]
    [InlineData("genuine, but spend is fine", SomeBudget.AzureId, "action-group", "99|2026-03|100", 1)]
    [InlineData("a huge amount", SomeBudget.AzureId, "action-group", "99999999999999|2026-03|1000", 1)]
    [InlineData("a period that is over", SomeBudget.AzureId, "action-group", "1|2025-12|100", 1)]
    [InlineData("a period to come", SomeBudget.AzureId, "action-group", "1|2031-01|100", 1)]
    [InlineData("another subscription's budget of the same name", "/subscriptions/s-2/providers/microsoft.consumption/budgets/shop", "action-group", "1", 0)]
    [InlineData("a budget of a group of the same name", "/subscriptions/s-1/resourcegroups/shop/providers/microsoft.consumption/budgets/shop", "action-group", "1", 0)]
    [InlineData("a prefix of the budget", "/subscriptions/s-1/providers/microsoft.consumption/budgets/sho", "action-group", "1", 0)]
    [InlineData("another spelling of it", "/SUBSCRIPTIONS/s-1/providers/Microsoft.Consumption/budgets/SHOP/", "action-group", "1", 1)]
    [InlineData("no budget", "", "action-group", "1", 0)]
    [InlineData("a path", "../../budgets/shop", "action-group", "1", 0)]
    [InlineData("the name of the policy", "team", "fast-clock", "1", 1)]
    [InlineData("the name of the policy in capitals", "TEAM", "fast-clock", "1", 0)]
    [InlineData("a source nobody knows", SomeBudget.AzureId, "mallory", "1", 1)]
    [InlineData("no meaning", SomeBudget.AzureId, "action-group", "", 1)]
    public async Task A_forged_event_leads_to_a_look_at_most(string what, string budget, string source, string meaning, int looks)
    {
        Assert.NotEmpty(what);
        _policy = SomeBudget.Policy(SomeBudget.Notify, SomeBudget.Lower, SomeBudget.Stop, SomeBudget.Freeze) with { Amount = null, Budget = SomeBudget.AzureId };
        (_budget, _spend) = (new BudgetReading.Known(1_000, "EUR", 400, SomeBudget.March), SomeBudget.Spend(400, 600));
        var signals = new BudgetSignals(_documents, _queue);

        for (var copy = 0; copy < 5; copy++)
        {
            await signals.TakeAsync($"e-{copy % 2}", new BudgetSignal(budget, source, meaning), Policies, _time.GetUtcNow(), Cancellation);
        }

        Assert.Equal(looks, _queue.Messages.Count);
        foreach (var _ in _queue.Messages)
        {
            await LookAsync();
        }

        Assert.Equal(looks, _reads);
        Assert.Empty(await JournalAsync());
        Assert.All((await _states.ReadAsync("team", Cancellation)).Record.Ladder.Steps, step => Assert.Equal(BudgetPhase.Idle, step.Phase));
    }

    [Fact]
    public async Task The_same_may_be_said_again_later_and_something_else_at_once()
    {
        var signals = new BudgetSignals(_documents, _queue);
        Task<BudgetSignals.Outcome> TakeAsync(string id, string meaning) => signals.TakeAsync(id, new BudgetSignal("team", "fast-clock", meaning), Policies, _time.GetUtcNow(), Cancellation);

        Assert.Equal(BudgetSignals.Outcome.Queued, await TakeAsync("1", "80"));
        Assert.Equal(BudgetSignals.Outcome.Repeated, await TakeAsync("1", "80"));
        Assert.Equal(BudgetSignals.Outcome.Repeated, await TakeAsync("2", "80"));
        Assert.Equal(BudgetSignals.Outcome.Queued, await TakeAsync("3", "100"));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(BudgetSignals.Outcome.Queued, await TakeAsync("4", "80"));
        Assert.Equal(BudgetSignals.Outcome.Repeated, await TakeAsync("3", "120"));
    }

    public Task<SpendReading> ReadAsync(SpendScope scope, SpendPeriod period, bool amortized, CancellationToken cancellationToken)
    {
        _reads++;
        return Task.FromResult(_spend);
    }

    public Task<BudgetReading> ReadAsync(string id, CancellationToken cancellationToken) => Task.FromResult(_budget);

    public Task<InventoryReading> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult(_inventory);

    private Task<IReadOnlyList<BudgetNews>> LookAsync() => _cycle.LookAsync(_policy, Policies, Cancellation);

    private async Task ToActiveAsync()
    {
        await LookAsync();
        _time.Advance(TimeSpan.FromHours(1));
        await LookAsync();
        Assert.Equal(BudgetPhase.Active, await PhaseAsync());
    }

    private Task<FleetRow> FleetAsync() => _store.ReadFleetAsync(Cancellation);

    private async Task<BudgetPhase> PhaseAsync() => Assert.Single((await _states.ReadAsync("team", Cancellation)).Record.Ladder.Steps).Phase;

    private async Task<IReadOnlyList<JournalEntry>> JournalAsync() =>
        [.. (await _store.ReadJournalAsync(new JournalQuery { Chain = JournalEntry.FleetChain }, Cancellation)).Where(entry => entry.Kind == JournalKind.Budget)];

    private async Task AnswerAsync(bool isYes)
    {
        var desk = new ApprovalDesk(new RowStore(_store), _documents, new CycleOptions { Worker = "worker-1" }, _time);
        Assert.IsType<ApprovalResult.Answered>(await desk.AnswerAsync((await FleetAsync()).Approvals[^1].Id, isYes, "ann", "seen", isBreakGlass: false, Cancellation));
    }
}
