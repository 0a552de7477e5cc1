using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using ScaleFunctions.Core.Advisories;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>What is kept of the use of resources, beside reading all of it each time.</summary>
public sealed class UsageHistoriesTests : IPriceSource, ICostAdvisor, ISizeSource, IComputeLimits
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly MetricSelector Cpu = UsageMetric.Of(UsageMetric.Processors, Some.Id())!.Selector;

    private readonly FakeTimeProvider _time = new(Some.Noon);
    private readonly MemoryDocumentStore _store = new();
    private readonly UsedFleet _fleet = new();

    [Fact]
    public async Task A_look_reads_what_is_new_and_the_last_hour_and_answers_as_if_it_had_read_all()
    {
        await ReadAsync(14);
        Assert.Equal(14, _fleet.DaysAsked, 6);

        foreach (var hours in new[] { 24, 1, 0, 37, 6 })
        {
            _time.Advance(TimeSpan.FromHours(hours));
            _fleet.Asked.Clear();
            var kept = await ReadAsync(14);
            Assert.Equal((hours + 1) / 24.0, _fleet.DaysAsked, 6);
            Assert.Equal(await ReadWholeAsync(14), kept);
        }
    }

    /// <summary>Six days a week and seven of fourteen are the same samples: two look at one copy.</summary>
    [Fact]
    public async Task A_longer_look_back_reads_what_is_older_and_a_shorter_one_leaves_it()
    {
        await ReadAsync(7);
        _fleet.Asked.Clear();
        Assert.Equal(await ReadWholeAsync(14), await ReadAsync(14));
        _fleet.Asked.Clear();
        await ReadAsync(14);
        Assert.Equal(1 / 24.0, _fleet.DaysAsked, 6);

        _time.Advance(TimeSpan.FromHours(6));
        Assert.Equal(await ReadWholeAsync(7), await ReadAsync(7));
        _fleet.Asked.Clear();
        Assert.Equal(await ReadWholeAsync(14, clear: false), await ReadAsync(14));
        Assert.Equal(14 + (1 / 24.0), _fleet.DaysAsked, 6);

        // What nobody asked for in three days is not kept.
        for (var day = 0; day < 4; day++)
        {
            _time.Advance(TimeSpan.FromDays(1));
            await ReadAsync(7);
        }

        _fleet.Asked.Clear();
        await ReadAsync(14);
        Assert.InRange(_fleet.DaysAsked, 7, 7.1);
    }

    [Fact]
    public async Task Samples_that_came_late_are_read_again()
    {
        var end = _time.GetUtcNow();
        _fleet.IsLate = at => at > end - TimeSpan.FromMinutes(40);
        await ReadAsync(7);
        _fleet.IsLate = _ => false;
        _time.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal(await ReadWholeAsync(7), await ReadAsync(7));
    }

    /// <summary>Azure answered nothing of a day, and said that it was well: what it says later of that day counts.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_day_of_which_nothing_was_answered_is_asked_for_again(bool isFirst)
    {
        if (!isFirst)
        {
            await ReadAsync(7);
            _time.Advance(TimeSpan.FromDays(1));
        }

        _fleet.Instead = _ => new MetricSeries.Received([]);
        await ReadAsync(7);
        _fleet.Instead = _ => null;
        _time.Advance(TimeSpan.FromHours(5));

        Assert.Equal(await ReadWholeAsync(7), await ReadAsync(7));
    }

    /// <summary>A clock that was ahead for a while, or went back, leaves no hole and no minute from the future.</summary>
    [Theory]
    [InlineData(30)]
    [InlineData(600)]
    public async Task A_clock_that_was_ahead_leaves_no_hole(int minutes)
    {
        var now = _time.GetUtcNow();
        _fleet.IsLate = at => at >= now;
        var ahead = new FakeTimeProvider(now.AddMinutes(minutes));
        await ReadAsync(new UsageHistories(_fleet, ahead, new UsageStates(_store)), 7);
        await ReadAsync(7);
        _fleet.IsLate = _ => false;
        _time.Advance(TimeSpan.FromMinutes(minutes + 90));

        Assert.Equal(await ReadWholeAsync(7), await ReadAsync(7));
    }

    /// <summary>What was kept while the clock was ahead is of minutes that are not over: none of it is believed.</summary>
    [Fact]
    public async Task After_a_clock_went_back_all_of_it_is_read()
    {
        await ReadAsync(new UsageHistories(_fleet, new FakeTimeProvider(_time.GetUtcNow().AddHours(10)), new UsageStates(_store)), 7);
        _fleet.Asked.Clear();

        Assert.Equal(await ReadWholeAsync(7, clear: false), await ReadAsync(7));
        Assert.Equal(14, _fleet.DaysAsked, 6);
    }

    /// <summary>Of two that look at once one writes last, and whoever looks then has it all.</summary>
    [Fact]
    public async Task Two_that_look_at_once_lose_nothing_of_each_other()
    {
        await ReadAsync(7);
        _time.Advance(TimeSpan.FromHours(9));
        var other = new Interrupted(_store, () => ReadAsync(14));
        await ReadAsync(new UsageHistories(_fleet, _time, new UsageStates(other)), 7);

        Assert.Equal(await ReadWholeAsync(14), await ReadAsync(14));
        Assert.Equal(await ReadWholeAsync(7), await ReadAsync(7));
    }

    /// <summary>Nothing of what was kept is used where there is a gap between it and the span that is asked for.</summary>
    [Fact]
    public async Task After_a_long_pause_all_of_it_is_read()
    {
        await ReadAsync(7);
        _time.Advance(TimeSpan.FromDays(20));
        _fleet.Asked.Clear();

        Assert.Equal(await ReadWholeAsync(7, clear: false), await ReadAsync(7));
        Assert.Equal(14, _fleet.DaysAsked, 6);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[")]
    [InlineData("null")]
    [InlineData("version")]
    [InlineData("metric")]
    [InlineData("points")]
    [InlineData("span")]
    [InlineData("asked")]
    public async Task What_is_damaged_or_of_another_form_is_read_anew(string how)
    {
        await ReadAsync(7);
        var stored = Assert.Single(_store.All);
        var document = JsonSerializer.Deserialize(stored.Json, UsageJson.Default.UsageDocument)!;
        var broken = how switch
        {
            "version" => document with { Version = 2 },
            "metric" => document with { Metric = "another" },
            "points" => document with { Points = document.Points[..^400] },
            "span" => document with { From = DateTimeOffset.MinValue },
            "asked" => document with { Span = TimeSpan.MaxValue },
            _ => null,
        };
        Assert.IsType<RowWrite.Written>(await _store.WriteDocumentAsync(
            stored with { Json = broken is null ? how : JsonSerializer.Serialize(broken, UsageJson.Default.UsageDocument) }, Cancellation));
        _fleet.Asked.Clear();

        Assert.Equal(await ReadWholeAsync(7, clear: false), await ReadAsync(7));
        Assert.Equal(14, _fleet.DaysAsked, 6);
        _fleet.Asked.Clear();
        await ReadAsync(7);
        Assert.Equal(1 / 24.0, _fleet.DaysAsked, 6);
    }

    [Fact]
    public async Task A_store_that_fails_costs_reading_all_of_it()
    {
        var store = Substitute.For<IDocumentStore>();
        store.ReadDocumentAsync("", "", Cancellation).ReturnsForAnyArgs<StoredDocument?>(_ => throw new StateStoreException("busy"));
        var histories = new UsageHistories(_fleet, _time, new UsageStates(store));

        Assert.Equal(await ReadWholeAsync(7), await ReadAsync(histories, 7));
    }

    [Fact]
    public async Task What_cannot_be_read_has_failed_and_what_was_kept_stays()
    {
        await ReadAsync(7);
        var before = Assert.Single(_store.All);
        _fleet.Instead = _ => new MetricSeries.Failed("throttled");
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal("throttled", Assert.IsType<MetricSeries.Failed>((await Kept().ReadAsync([Some.Target()], Cpu, TimeSpan.FromDays(7), Minute, Cancellation))[Some.Id()]).Reason);
        Assert.Equal(before, Assert.Single(_store.All));

        _fleet.Instead = _ => null;
        Assert.Equal(await ReadWholeAsync(7), await ReadAsync(7));
    }

    /// <summary>
    /// Day after day, by a process that begins anew each time and is now and then killed before it wrote anything: the same findings,
    /// to the last digit of their bounds, as whoever reads all of it.
    /// </summary>
    [Fact]
    public async Task Findings_are_those_of_a_full_reading_and_a_kill_between_looks_loses_nothing()
    {
        var verdicts = new HashSet<string>();
        for (var day = 0; day < 6; day++)
        {
            _time.Advance(TimeSpan.FromHours(23.5));
            if (day is 2 or 4)
            {
                // It had read, and was killed before it wrote.
                await JudgeAsync(new UsageStates(new Unwritable(_store)));
            }

            var whole = await JudgeAsync(null);
            var kept = await JudgeAsync(new UsageStates(_store));
            Assert.Equal(JsonSerializer.Serialize(RightsizingRecord.Of(whole), RightsizingJson.Default.RightsizingRecord), JsonSerializer.Serialize(RightsizingRecord.Of(kept), RightsizingJson.Default.RightsizingRecord));
            Assert.Equal((whole.Demand!.Processors, whole.Demand.Memory), (kept.Demand!.Processors, kept.Demand.Memory));
            verdicts.Add(kept.Verdict.GetType().Name);
        }

        Assert.DoesNotContain(nameof(RightsizingVerdict.NotJudged), verdicts);
    }

    public Task<IReadOnlyDictionary<PriceQuery, PriceReading>> ReadAsync(IReadOnlyCollection<PriceQuery> queries, string currency, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<PriceQuery, PriceReading>>(queries.ToDictionary(query => query, query => (PriceReading)new PriceReading.Known(new Price(
            new Money(0.05m * SomeSizes.Offers[query.Sku].Cores, currency), PriceBasis.Retail, new DateOnly(2026, 3, 1), ""))));

    public Task<FactReading<IReadOnlyList<CostAdvice>>> ReadAdviceAsync(string subscription, CancellationToken cancellationToken) =>
        Task.FromResult<FactReading<IReadOnlyList<CostAdvice>>>(new FactReading<IReadOnlyList<CostAdvice>>.Unknown("not asked"));

    public Task<FactReading<IReadOnlyList<Reservation>>> ReadReservationsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<FactReading<IReadOnlyList<Reservation>>>(new FactReading<IReadOnlyList<Reservation>>.Known([], _time.GetUtcNow()));

    public Task<FactReading<IReadOnlyList<QuotaUsage>>> ReadQuotaAsync(string subscription, string region, CancellationToken cancellationToken) =>
        Task.FromResult<FactReading<IReadOnlyList<QuotaUsage>>>(new FactReading<IReadOnlyList<QuotaUsage>>.Known(
            [new QuotaUsage(QuotaUsage.AllCores, 16, 100), new QuotaUsage("standardDSv5Family", 16, 100)], _time.GetUtcNow()));

    public Task<FactReading<IReadOnlyDictionary<string, SizeOffer>>> ReadSizesAsync(string subscription, string region, CancellationToken cancellationToken) =>
        Task.FromResult<FactReading<IReadOnlyDictionary<string, SizeOffer>>>(new FactReading<IReadOnlyDictionary<string, SizeOffer>>.Known(SomeSizes.Offers, _time.GetUtcNow()));

    public bool Serves(string resourceType) => true;

    public Task<SizeReading> ReadSizeAsync(TargetId target, CancellationToken cancellationToken) => Task.FromResult<SizeReading>(SomeSizes.Four);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private UsageHistories Kept() => new(_fleet, _time, new UsageStates(_store));

    private Task<IReadOnlyList<MetricPoint>> ReadAsync(int days) => ReadAsync(Kept(), days);

    private static async Task<IReadOnlyList<MetricPoint>> ReadAsync(UsageHistories histories, int days) => Assert.IsType<MetricSeries.Received>(
        (await histories.ReadAsync([Some.Target() with { Sku = SomeSizes.Middle }], Cpu, TimeSpan.FromDays(days), Minute, Cancellation))[Some.Id()]).Points;

    /// <summary>All of it, without anything kept.</summary>
    private async Task<IReadOnlyList<MetricPoint>> ReadWholeAsync(int days, bool clear = true)
    {
        var points = await ReadAsync(new UsageHistories(_fleet, _time), days);
        Assert.InRange(points.Count, days * 1400, days * 1440);
        if (clear)
        {
            _fleet.Asked.Clear();
        }

        return points;
    }

    private async Task<RightsizingFinding> JudgeAsync(UsageStates? states)
    {
        var target = Some.Target() with { Sku = SomeSizes.Middle };
        var terms = new RightsizedTarget(target, ResourceRightsizingPolicy.Usual with { LookBackDays = 7 }, null, FollowsLoad: true, []);
        var survey = new RightsizingSurvey(new UsageHistories(_fleet, _time, states), new SizeSources([this], this, this, this), _time);
        return Assert.Single(await survey.JudgeAsync([terms], Cancellation));
    }

    /// <summary>Somebody else does all of it between our read and our write.</summary>
    private sealed class Interrupted(IDocumentStore inner, Func<Task> others) : IDocumentStore
    {
        private bool _isOver;

        public Task<StoredDocument?> ReadDocumentAsync(string partition, string key, CancellationToken cancellationToken) => inner.ReadDocumentAsync(partition, key, cancellationToken);

        public async Task<RowWrite> WriteDocumentAsync(StoredDocument document, CancellationToken cancellationToken)
        {
            if (!_isOver)
            {
                _isOver = true;
                await others();
            }

            return await inner.WriteDocumentAsync(document, cancellationToken);
        }

        public Task<IReadOnlyList<StoredDocument>> ListDocumentsAsync(string partition, CancellationToken cancellationToken) => inner.ListDocumentsAsync(partition, cancellationToken);

        public Task DeleteDocumentAsync(string partition, string key, CancellationToken cancellationToken) => inner.DeleteDocumentAsync(partition, key, cancellationToken);

        public Task PruneDocumentsAsync(DateTimeOffset now, CancellationToken cancellationToken) => inner.PruneDocumentsAsync(now, cancellationToken);
    }

    /// <summary>Reads what there is, and is gone before it writes.</summary>
    private sealed class Unwritable(IDocumentStore inner) : IDocumentStore
    {
        public Task<StoredDocument?> ReadDocumentAsync(string partition, string key, CancellationToken cancellationToken) => inner.ReadDocumentAsync(partition, key, cancellationToken);

        public Task<RowWrite> WriteDocumentAsync(StoredDocument document, CancellationToken cancellationToken) => throw new StateStoreException("gone");

        public Task<IReadOnlyList<StoredDocument>> ListDocumentsAsync(string partition, CancellationToken cancellationToken) => inner.ListDocumentsAsync(partition, cancellationToken);

        public Task DeleteDocumentAsync(string partition, string key, CancellationToken cancellationToken) => inner.DeleteDocumentAsync(partition, key, cancellationToken);

        public Task PruneDocumentsAsync(DateTimeOffset now, CancellationToken cancellationToken) => inner.PruneDocumentsAsync(now, cancellationToken);
    }
}
