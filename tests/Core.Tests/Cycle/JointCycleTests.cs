using Microsoft.Extensions.Time.Testing;
using ScaleFunctions.Core.Advisories;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>
/// Four instances of the middle size whose count follows nine busy cores, on a ladder of which the small size costs half as much a core.
/// </summary>
public sealed class JointCycleTests : IPriceSource, ICostAdvisor, ISizeSource, IComputeLimits
{
    private const double Load = 9;

    private readonly MemoryStateStore _store = new();
    private readonly FakeTimeProvider _time = new(Some.Noon);
    private readonly SizedResource _set;
    private double _smallPrice = 0.05;
    private bool _knowsReservations = true;
    private bool _isRefused;
    private int _leastStrength = int.MaxValue;

    public JointCycleTests() => _set = new SizedResource(_time, 4);

    [Fact]
    public async Task Instances_come_first_then_the_size_and_then_the_count_follows_the_load_again()
    {
        await RunAsync(minutes: 200);

        Assert.All(_set.Sizes, size => Assert.Equal(SomeSizes.Small, size));
        Assert.Equal(["count 9", $"size {SomeSizes.Small} 9"], _set.Writes.Take(2));
        Assert.True(_leastStrength >= 16, $"{_leastStrength} cores");
        Assert.Equal("count 8", _set.Writes[^1]);
        Assert.Null(Row.RollOut);
    }

    [Fact]
    public async Task What_is_dearer_is_not_taken_and_why_says_so()
    {
        _smallPrice = 0.2;
        await RunAsync(minutes: 20);

        Assert.Empty(_set.Writes);
        Assert.StartsWith($"{SomeSizes.Middle} stays: no other size and count on the ladder is better", Row.Sizing!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unreadable_reservations_leave_one_step_on_the_ladder()
    {
        _knowsReservations = false;
        await RunAsync(minutes: 20);

        Assert.Empty(_set.Writes);
        Assert.EndsWith("could not be planned: what is paid in advance could not be read", Row.Sizing!.Reason, StringComparison.Ordinal);
    }

    /// <summary>What never comes is not bought again and again.</summary>
    [Fact]
    public async Task Where_the_size_does_not_come_the_instances_are_let_go_and_not_asked_for_again_at_once()
    {
        _isRefused = true;
        await RunAsync(minutes: 150);

        Assert.Equal(["count 9"], _set.Writes.Where(write => !write.StartsWith("size", StringComparison.Ordinal)).Take(1));
        Assert.All(_set.Sizes, size => Assert.Equal(SomeSizes.Middle, size));
        Assert.Single(_set.Writes, "count 9");
        Assert.True(_set.Sizes.Count <= 5, $"{_set.Sizes.Count} instances are left");
    }

    public Task<IReadOnlyDictionary<PriceQuery, PriceReading>> ReadAsync(IReadOnlyCollection<PriceQuery> queries, string currency, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<PriceQuery, PriceReading>>(queries.ToDictionary(query => query, query => (PriceReading)new PriceReading.Known(new Price(
            new Money(query.Sku == SomeSizes.Small ? (decimal)_smallPrice : query.Sku == SomeSizes.Middle ? 0.2m : 0.4m, currency), PriceBasis.Retail, new DateOnly(2026, 3, 1), ""))));

    public Task<FactReading<IReadOnlyList<CostAdvice>>> ReadAdviceAsync(string subscription, CancellationToken cancellationToken) =>
        Task.FromResult<FactReading<IReadOnlyList<CostAdvice>>>(new FactReading<IReadOnlyList<CostAdvice>>.Unknown("not asked"));

    public Task<FactReading<IReadOnlyList<Reservation>>> ReadReservationsAsync(CancellationToken cancellationToken) => Task.FromResult<FactReading<IReadOnlyList<Reservation>>>(
        _knowsReservations ? new FactReading<IReadOnlyList<Reservation>>.Known([], _time.GetUtcNow()) : new FactReading<IReadOnlyList<Reservation>>.Unknown("403"));

    public Task<FactReading<IReadOnlyList<QuotaUsage>>> ReadQuotaAsync(string subscription, string region, CancellationToken cancellationToken) =>
        Task.FromResult<FactReading<IReadOnlyList<QuotaUsage>>>(new FactReading<IReadOnlyList<QuotaUsage>>.Known(
            [new QuotaUsage(QuotaUsage.AllCores, 16, 100), new QuotaUsage("standardDSv5Family", 16, 100)], _time.GetUtcNow()));

    public Task<FactReading<IReadOnlyDictionary<string, SizeOffer>>> ReadSizesAsync(string subscription, string region, CancellationToken cancellationToken) =>
        Task.FromResult<FactReading<IReadOnlyDictionary<string, SizeOffer>>>(new FactReading<IReadOnlyDictionary<string, SizeOffer>>.Known(SomeSizes.Offers, _time.GetUtcNow()));

    public bool Serves(string resourceType) => true;

    public Task<SizeReading> ReadSizeAsync(TargetId target, CancellationToken cancellationToken) => _set.ReadSizeAsync(target, cancellationToken);

    private TargetRow Row => _store.Row(Some.Id());

    private async Task RunAsync(int minutes)
    {
        _set.Fault = call => _isRefused && call == "size" && _set.Sizes.Count >= 9 ? SizedResource.Mishap.Refused : SizedResource.Mishap.None;
        for (var minute = 0; minute < minutes; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            var cores = _set.Sizes.Sum(size => SomeSizes.Offers[size].Cores);
            var ports = new SizedPorts(_set, _time, 100 * Load / cores);
            var (rows, options) = (new RowStore(_store), new CycleOptions { Worker = "worker-1", ModeCeiling = PolicyMode.Act });
            var policies = Some.Policies(Some.Horizontal(minimum: 2, maximum: 20), Some.LoadBased()) with { VerticalScaling = [SomeSizes.Policy()] };
            await new ScalingCycle(
                rows, new PredictiveSchedules(new MemoryDocumentStore()), ports, ports, new ActionRunner(rows, [_set], options, _time), options, _time,
                preflight: new PreflightSources(ports, ports, ports), sizes: new SizeSources([this], this, this, this)).RunAsync(policies, TestContext.Current.CancellationToken);
            _leastStrength = Math.Min(_leastStrength, _set.RunningCores);
        }
    }
}
