using Microsoft.Extensions.Time.Testing;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Journal.Facts;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Spending;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>A set of D4 at 0.23 an hour, of which the journal tells what we did.</summary>
public sealed class SavingsCycleTests : ITargetInventory
{
    private static readonly PolicySet Policies = new() { Version = "1", CostMonitoring = [new CostMonitoringPolicy { Name = "costs", Source = Some.Source }] };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly FakeTimeProvider _time = new(Some.Noon);
    private readonly MemoryDocumentStore _documents = new();
    private readonly MemoryStateStore _store = new();

    /// <summary>Two of six for 48 hours: 2 × 48 × 0.23. Bills and reservations nobody read here, and that is said.</summary>
    [Fact]
    public async Task The_journal_tells_what_was_saved()
    {
        await ActAsync(epoch: 1, 6, 4, new IntentEnd.Done());
        await CountAsync(4);
        _time.Advance(TimeSpan.FromHours(48));

        using var measured = new Measurements(CycleMeter.Name);
        var statement = await MakeAsync();

        Assert.Equal([(22.08, "USD")], measured.Of("scalefunctions.savings"));
        Assert.Equal((22.08m, 0m, 1, "USD"), (statement.Total, statement.Reconciled, statement.Actions, statement.Currency));
        var line = Assert.Single(statement.Lines);
        Assert.Equal((1, "6 → 4 × Standard_D4s_v5", "reservations could not be read"), (line.Epoch, line.Change, line.Note));
    }

    [Fact]
    public async Task What_Azure_refused_has_saved_nothing()
    {
        await ActAsync(epoch: 1, 6, 4, new IntentEnd.Stale());
        await CountAsync(6);
        _time.Advance(TimeSpan.FromHours(48));

        Assert.Empty((await MakeAsync()).Lines);
    }

    [Fact]
    public async Task What_has_no_price_is_told_without_an_amount()
    {
        await ActAsync(epoch: 1, 6, 4, new IntentEnd.Done());
        _time.Advance(TimeSpan.FromHours(48));

        var statement = await MakeAsync();

        Assert.Equal((0m, 1, 1), (statement.Total, statement.Actions, statement.NotPriced));
        Assert.Equal((null, SavingConfidence.NotPriced), Assert.Single(statement.Lines) is var line ? (line.Amount, line.Confidence) : default);
    }

    /// <summary>Noon of 2 March is within the days in which the bill of February is still growing.</summary>
    [Fact]
    public async Task The_last_month_is_told_until_its_bill_is_whole_and_nothing_is_made_twice_in_six_hours()
    {
        await Cycle().RunAsync(Policies, Cancellation);
        Assert.Equal([new DateOnly(2026, 3, 1), new DateOnly(2026, 2, 1)], (await new SavingsStatements(_documents).ListAsync(Cancellation)).Select(each => each.From));

        _time.Advance(TimeSpan.FromHours(5));
        await Cycle().RunAsync(Policies, Cancellation);
        Assert.All(await new SavingsStatements(_documents).ListAsync(Cancellation), each => Assert.Equal(Some.Noon, each.At));
    }

    public Task<InventoryReading> ListAsync(CancellationToken cancellationToken) => Task.FromResult<InventoryReading>(new InventoryReading.Complete([Some.Target(4)]));

    private async Task<SavingsStatement> MakeAsync()
    {
        Assert.Empty(await Cycle().RunAsync(Policies, Cancellation));
        return (await new SavingsStatements(_documents).ListAsync(Cancellation))[0];
    }

    private SavingsCycle Cycle() => new(this, new SpendBook(new SpendDays(_documents), _time), new BillShelf(_time), new SavingsStatements(_documents), _store, _time);

    private async Task ActAsync(long epoch, int from, int to, IntentEnd end)
    {
        var rows = new RowStore(_store);
        var intent = Some.Intent(from, to, epoch: epoch);
        var facts = new DecisionFacts(intent, to, to, "less load", []);
        await rows.ChangeTargetAsync(Some.Id(), row => row.Open(intent, facts, isRenewal: false), Cancellation);
        await rows.ChangeTargetAsync(Some.Id(), row => row.Send(_time.GetUtcNow()), Cancellation);
        await rows.ChangeTargetAsync(Some.Id(), row => row.End(end, _time.GetUtcNow()), Cancellation);
    }

    private Task<SpendDay?> CountAsync(int instances)
    {
        var seen = new SeenResource(new SpendSighting(_time.GetUtcNow(), instances, "Standard_D4s_v5", SomeSpend.Price(0.23m)), SomeSpend.NoTags, []);
        return new SpendDays(_documents).CountAsync("s-1", "USD", SomeSpend.Look(_time.GetUtcNow(), (Some.Id().Key, seen)), ManagementGroups.NotRead, Cancellation);
    }
}
