using Microsoft.Extensions.Time.Testing;
using ScaleFunctions.Core.Assessments.Leftovers;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>A disk of 19.71 USD a month (0.027 an hour) that no machine has.</summary>
public sealed class LeftoverCycleTests : ITargetInventory, ILeftoverSource, IPriceSource
{
    private static readonly StandingResource.Disk Disk = new(
        TargetId.Parse("/subscriptions/s-1/resourceGroups/shop/providers/Microsoft.Compute/disks/left"), "", false, 128, null)
    {
        Region = "westeurope",
        Sku = "Premium_LRS",
        Tags = new TargetTags.Known(new Dictionary<string, string> { ["app"] = "shop" }),
    };

    private static readonly UsageFindingsPolicy Policy = new()
    {
        Name = "findings",
        Owner = "team-shop",
        Source = Some.Source,
        Select = new TargetSelector { Tags = new Dictionary<string, IReadOnlyList<string>> { ["app"] = ["shop"] } },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly FakeTimeProvider _time = new(Some.Noon);
    private readonly MemoryDocumentStore _documents = new();
    private StandingReading _standing = new StandingReading.Known([Disk]);
    private PriceReading _price = SomeSpend.Price(0.027m);
    private UsageFindingsPolicy _policy = Policy;
    private LeftoverCycle? _cycle;
    private int _looks;

    [Fact]
    public async Task It_is_marked_when_it_is_first_seen_and_told_once_a_week_later()
    {
        Assert.Empty((await DaysAsync(7)).Told);
        var mark = Assert.Single(await MarksAsync());
        Assert.Equal((Some.Noon, null, "team-shop"), (mark.FirstSeen, mark.ToldAt, mark.Owner));

        var told = Assert.Single((await DaysAsync(1)).Told);
        Assert.Equal((19.71m, "USD", new DateOnly(2026, 3, 1), $"az disk delete --ids '{Disk.Id.Value}'"), (told.PerMonth, told.Currency, told.PricesAsOf!.Value, told.Command));
        Assert.Empty((await DaysAsync(3)).Told);
        Assert.Equal(Some.Noon.AddDays(7), Assert.Single(await MarksAsync()).ToldAt);
    }

    [Fact]
    public async Task Without_a_price_it_is_told_all_the_same()
    {
        _price = new PriceReading.Missing("Azure lists no price");
        _policy = Policy with { NotifyAfter = TimeSpan.Zero };

        var told = Assert.Single((await DaysAsync(1)).Told);

        Assert.Equal((null, "Azure lists no price"), (told.PerMonth, told.WhyNotPriced));
    }

    [Fact]
    public async Task What_is_used_again_begins_anew()
    {
        await DaysAsync(5);
        _standing = new StandingReading.Known([Disk with { IsAttached = true }]);
        await DaysAsync(1);
        Assert.Empty(await MarksAsync());

        _standing = new StandingReading.Known([Disk]);
        Assert.Empty((await DaysAsync(7)).Told);
    }

    [Fact]
    public async Task What_cannot_be_read_is_not_taken_for_mended()
    {
        await DaysAsync(1);
        _standing = new StandingReading.Missing("refused");

        Assert.Equal(["refused"], (await DaysAsync(1)).Problems);
        Assert.Equal(Some.Noon, Assert.Single(await MarksAsync()).FirstSeen);
    }

    [Fact]
    public async Task What_no_policy_selects_is_not_marked_and_nobody_asks_more_than_once_a_day()
    {
        _policy = Policy with { Select = new TargetSelector { Tags = new Dictionary<string, IReadOnlyList<string>> { ["app"] = ["other"] } } };
        for (var hour = 0; hour < 24; hour++)
        {
            await RunAsync();
            _time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Empty(await MarksAsync());
        Assert.Equal(2, _looks);
    }

    [Fact]
    public async Task Without_a_policy_nobody_asks()
    {
        await Cycle().RunAsync(new PolicySet { Version = "1" }, Cancellation);

        Assert.Equal(0, _looks);
    }

    public Task<InventoryReading> ListAsync(CancellationToken cancellationToken) => Task.FromResult<InventoryReading>(new InventoryReading.Complete([]));

    public Task<StandingReading> ReadAsync(CancellationToken cancellationToken)
    {
        _looks++;
        return Task.FromResult(_standing);
    }

    public Task<IReadOnlyDictionary<PriceQuery, PriceReading>> ReadAsync(IReadOnlyCollection<PriceQuery> queries, string currency, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<PriceQuery, PriceReading>>(queries.ToDictionary(query => query, _ => _price));

    /// <summary>A run now and each day after.</summary>
    private async Task<(IReadOnlyList<LeftoverRecord> Told, IReadOnlyList<string> Problems)> DaysAsync(int days)
    {
        var (told, problems) = (new List<LeftoverRecord>(), new List<string>());
        for (var day = 0; day < days; day++)
        {
            var run = await RunAsync();
            told.AddRange(run.Told);
            problems.AddRange(run.Problems);
            _time.Advance(TimeSpan.FromDays(1));
        }

        return (told, problems);
    }

    private Task<(IReadOnlyList<LeftoverRecord> Told, IReadOnlyList<string> Problems)> RunAsync() =>
        Cycle().RunAsync(new PolicySet { Version = "1", UsageFindings = [_policy] }, Cancellation);

    private LeftoverCycle Cycle() => _cycle ??= new LeftoverCycle(
        new LeftoverSurvey(this, this, new CapacityReadings(new UsedFleet(), null, _time), this, _time), new LeftoverMarks(_documents), _time);

    private Task<IReadOnlyList<LeftoverRecord>> MarksAsync() => new LeftoverMarks(_documents).ListAsync(Cancellation);
}
