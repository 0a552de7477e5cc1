using Microsoft.Extensions.Time.Testing;
using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>Four instances of four cores at 0.0575 a core and hour: 0.23 each, 0.92 together.</summary>
public sealed class CostCycleTests : ITargetInventory, IBilledCosts, IAzureForecast
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly FakeTimeProvider _time = new(Some.Noon);
    private readonly MemoryDocumentStore _documents = new();
    private readonly MemoryStateStore _store = new();
    private int _instances = 4;
    private BilledReading _bill = new BilledReading.Known("USD", [], null);
    private int _billsRead;
    private TimeSpan _billTakes;
    private AzureForecastReading _forecast = new AzureForecastReading.Missing("too young");
    private int _forecastsRead;
    private PolicySet _policies = Policies(Policy("costs"));
    private CostCycle? _cycle;

    [Fact]
    public async Task Counts_and_keeps_a_report_for_each_subscription()
    {
        await RunAsync(hours: 2);

        var report = Assert.Single(await new CostReports(_documents).ListAsync(Cancellation));
        Assert.Equal(("everything", "/subscriptions/s-1", "USD", 0.92m), (report.Name, report.Scope, report.Currency, report.PerHour));
        Assert.Equal(1.84m, report.Counted);
        Assert.Equal((1.84m, 8), (Assert.Single(report.Resources).Counted, report.Resources[0].InstanceHours));
        Assert.Equal(new DateOnly(2026, 3, 1), report.From);
    }

    [Fact]
    public async Task Without_a_policy_nothing_is_counted()
    {
        Assert.Same(CostTickReport.Nothing, await Cycle().RunAsync(new PolicySet { Version = "1" }, Cancellation));
        Assert.Empty(_documents.All);
    }

    [Fact]
    public async Task A_bill_is_read_once_an_hour_and_an_outage_of_it_is_told_after_a_day()
    {
        await RunAsync(hours: 3);
        Assert.Equal(4, _billsRead);

        _bill = new BilledReading.Missing("refused");
        await RunAsync(hours: 20);
        Assert.Null((await ReportAsync()).Why);
        await RunAsync(hours: 5);
        Assert.Equal("the bill could not be read: refused", (await ReportAsync()).Why);
    }

    [Fact]
    public async Task A_bill_in_another_currency_is_told_and_counting_goes_on()
    {
        _bill = new BilledReading.Known("CHF", [], null);
        await RunAsync(hours: 1);

        var report = await ReportAsync();
        Assert.Contains("billed in CHF and counted in USD", report.Why, StringComparison.Ordinal);
        Assert.Equal(0.92m, Assert.Single(report.Resources).Counted);
    }

    [Fact]
    public async Task More_than_usual_is_told_once_with_its_cause_and_ended_once()
    {
        await RunAsync(hours: 24 * 3);
        Assert.Empty(await ToldAsync());

        _instances = 40;
        await DriftAsync();
        await RunAsync(hours: 2);
        var told = Assert.Single(await ToldAsync());
        Assert.StartsWith("costs/everything spends 9.20 USD an hour, usual at this hour are 0.92 and at most 1.92", told, StringComparison.Ordinal);
        Assert.Contains("8.28 more for web: the capacity is 40, not 4, and it was not us (12:00 UTC), write by ops@contoso.example", told, StringComparison.Ordinal);

        _instances = 4;
        await RunAsync(hours: 2);
        Assert.Equal(2, (await ToldAsync()).Count);
        Assert.StartsWith("spend of costs/everything is usual again: 0.92 USD an hour", (await ToldAsync())[0], StringComparison.Ordinal);
        Assert.Empty((await _store.ReadFleetAsync(Cancellation)).SpendAnomalies);
    }

    [Fact]
    public async Task What_nobody_watches_any_more_is_ended()
    {
        await RunAsync(hours: 24 * 3);
        _instances = 40;
        await RunAsync(hours: 1);
        Assert.Single((await _store.ReadFleetAsync(Cancellation)).SpendAnomalies);

        await Cycle().RunAsync(Policies(Policy("others")), Cancellation);

        Assert.Equal("others/everything", Assert.Single((await _store.ReadFleetAsync(Cancellation)).SpendAnomalies).Name);
        Assert.Equal("spend of costs/everything is not watched any more", (await ToldAsync())[1]);
    }

    [Fact]
    public async Task What_is_open_is_ended_when_the_last_policy_goes()
    {
        await RunAsync(hours: 24 * 3);
        _instances = 40;
        await RunAsync(hours: 1);

        await Cycle().RunAsync(new PolicySet { Version = "2" }, Cancellation);

        Assert.Empty((await _store.ReadFleetAsync(Cancellation)).SpendAnomalies);
        Assert.Equal("spend of costs/everything is not watched any more", (await ToldAsync())[0]);
    }

    /// <summary>Another policy counts in CHF. What the first one counted in USD has nothing to do with a bill in CHF.</summary>
    [Fact]
    public async Task A_policy_is_told_in_its_own_currency_whatever_others_count_in()
    {
        _policies = Policies(Policy("costs"), Policy("swiss") with { Currency = "CHF" });
        _bill = new BilledReading.Known("CHF", [], null);
        await RunAsync(hours: 1);

        var report = (await new CostReports(_documents).ListAsync(Cancellation)).Single(each => each.Policy == "costs");
        Assert.Equal(("USD", 0.92m, null), (report.Currency, report.PerHour, report.SoFar));
        Assert.Contains("billed in CHF and counted in USD", report.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scope_whose_report_cannot_be_kept_does_not_stop_the_others()
    {
        _policies = Policies(Policy("one"), Policy("two"));
        _documents.Refused.Add("one|everything");

        var report = await Cycle().RunAsync(_policies, Cancellation);

        Assert.Equal("two", (await ReportAsync()).Policy);
        Assert.Equal("everything of one could not be told: refused", Assert.Single(report.Failed));
    }

    /// <summary>Each bill takes two minutes, so that there is time for two of three scopes.</summary>
    [Fact]
    public async Task Who_waited_longest_is_told_first()
    {
        _policies = Policies([.. ((string[])["one", "two", "three"]).Select(name => Policy(name) with { Scopes = [new MonitoredScope("everything") { Subscription = $"s-{name}" }] })]);
        _billTakes = TimeSpan.FromMinutes(2);

        Assert.Equal("there was no time left to tell what everything of three spends", Assert.Single((await Cycle().RunAsync(_policies, Cancellation)).Failed));
        _time.Advance(TimeSpan.FromHours(2));
        Assert.Equal("there was no time left to tell what everything of two spends", Assert.Single((await Cycle().RunAsync(_policies, Cancellation)).Failed));

        Assert.Equal(3, (await new CostReports(_documents).ListAsync(Cancellation)).Count);
    }

    /// <summary>Told already: 10.50 and 20 to come. It is asked again after six hours, and one that is missing after one.</summary>
    [Fact]
    public async Task What_Azure_expects_stands_beside_our_own_forecast()
    {
        await RunAsync(hours: 1);
        Assert.Equal((null, "too young", 2), ((await ReportAsync()).AzureEnd, (await ReportAsync()).AzureEndWhy, _forecastsRead));

        _forecast = new AzureForecastReading.Known("USD", 10.5m, 20, Some.Noon);
        await RunAsync(hours: 5);
        Assert.Equal((30.5m, Some.Noon, null, 3), ((await ReportAsync()).AzureEnd, (await ReportAsync()).AzureEndAt!.Value, (await ReportAsync()).AzureEndWhy, _forecastsRead));

        _forecast = new AzureForecastReading.Known("CHF", 10.5m, 20, Some.Noon);
        await RunAsync(hours: 2);
        Assert.Equal((null, "it is told in CHF", 4), ((await ReportAsync()).AzureEnd, (await ReportAsync()).AzureEndWhy, _forecastsRead));
    }

    public Task<InventoryReading> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<InventoryReading>(new InventoryReading.Complete([Some.Target(_instances)]));

    public Task<BilledReading> ReadAsync(SpendScope scope, SpendPeriod period, bool amortized, CancellationToken cancellationToken)
    {
        _billsRead++;
        _time.Advance(_billTakes);
        return Task.FromResult(_bill);
    }

    Task<AzureForecastReading> IAzureForecast.ReadAsync(SpendScope scope, SpendPeriod period, bool amortized, CancellationToken cancellationToken)
    {
        _forecastsRead++;
        return Task.FromResult(_forecast);
    }

    private static CostMonitoringPolicy Policy(string name) => new() { Name = name, Source = Some.Source };

    private static PolicySet Policies(params CostMonitoringPolicy[] policies) => new() { Version = "1", CostMonitoring = policies };

    /// <summary>Always the same: a bill is remembered by a process.</summary>
    private CostCycle Cycle()
    {
        var (days, rows, options) = (new SpendDays(_documents), new RowStore(_store), new CycleOptions { Worker = "w-1" });
        return _cycle ??= new CostCycle(
            this, new SpendLooks(new FixedPrices()), days, new CostReports(_documents),
            new CostTeller(new SpendBook(days, _time), new BillShelf(_time, this), new AzureForecasts(_time, this), new CostReports(_documents), new SpendCauses(_store), rows, options),
            rows, options, _time);
    }

    /// <summary>A tick now, and one every quarter of an hour.</summary>
    private async Task RunAsync(int hours)
    {
        await Cycle().RunAsync(_policies, Cancellation);
        for (var quarter = 0; quarter < 4 * hours; quarter++)
        {
            _time.Advance(TimeSpan.FromMinutes(15));
            await Cycle().RunAsync(_policies, Cancellation);
        }
    }

    /// <summary>Somebody else makes forty of four, and the activity log says who.</summary>
    private async Task DriftAsync()
    {
        var rows = new RowStore(_store);
        await rows.ChangeTargetAsync(Some.Id(), row => row.See(4, Some.Noon, "w-1"), Cancellation);
        var seen = await rows.ChangeTargetAsync(Some.Id(), row => row.See(40, _time.GetUtcNow(), "w-1"), Cancellation);
        await rows.ChangeTargetAsync(Some.Id(), row => row.Explain(seen.Unexplained!, "write by ops@contoso.example", _time.GetUtcNow(), "w-1"), Cancellation);
    }

    private async Task<CostReport> ReportAsync() => Assert.Single(await new CostReports(_documents).ListAsync(Cancellation));

    private async Task<IReadOnlyList<string>> ToldAsync() =>
        [.. (await _store.ReadJournalAsync(new JournalQuery(JournalEntry.FleetChain), Cancellation)).Where(entry => entry.Kind == JournalKind.Spend).Select(entry => entry.Text)];
}
