using Microsoft.Extensions.Time.Testing;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Forecasts.Loads;
using ScaleFunctions.Core.Forecasts.Schedules;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Cycle;

public sealed class ForecastCycleTests : ITargetInventory, IMetricSource
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    private readonly MemoryStateStore _store = new();
    private readonly MemoryDocumentStore _documents = new();
    private readonly FakeTimeProvider _time = new(Some.Noon);
    private readonly List<MetricRequest> _asked = [];
    private readonly List<ObservedTarget> _targets = [Some.Target()];
    private Func<MetricRequest, MetricSeries> _answer = History;
    private int _listed;

    private PolicySet Policies { get; set; } = Some.Policies() with { PredictiveScaling = [Some.Predictive()] };

    [Fact]
    public async Task Within_a_quarter_of_an_hour_each_target_has_a_schedule_made_of_two_weeks_of_history()
    {
        _targets.AddRange([Some.Target() with { Id = Some.Id("api") }, Some.Target() with { Id = Some.Id("worker") }]);

        var reports = await RefreshAsync(3);

        Assert.Equal(3, reports.Sum(report => report.Refreshed));
        Assert.All(_targets, target => Assert.Equal(24 * 12, Schedule(target.Id)!.Steps.Count));
        Assert.All(_asked, request => Assert.Equal((LoadBin.Length, TimeSpan.FromDays(14)), (request.Grain, request.To - request.From)));
        Assert.Equal(3, _asked.Count);
    }

    [Fact]
    public async Task The_history_is_asked_for_once()
    {
        await RefreshAsync(9);

        Assert.Single(_asked);
    }

    [Fact]
    public async Task A_source_that_fails_is_asked_again()
    {
        _answer = _ => new MetricSeries.Failed("throttled");
        await RefreshAsync(3);
        Assert.Null(Schedule(Some.Id()));

        _answer = History;
        await RefreshAsync(3);

        Assert.NotNull(Schedule(Some.Id()));
        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public async Task That_a_forecast_has_proved_good_is_told_once()
    {
        using var measured = new Measurements(CycleMeter.Name);
        await RefreshAsync(9);

        // Each time the error of what is followed, as the journal tells it when it tells it.
        var errors = measured.Of("scalefunctions.forecast.error");
        Assert.Equal(3, errors.Count);
        Assert.All(errors, error => Assert.InRange(error.Value, 0.001, 1));
        var entry = Assert.Single(_store.Chain(Some.Id()), each => each.Kind == JournalKind.Forecast);
        Assert.Equal("the forecast (combined) has proved good and may raise from now on", entry.Text);
        Assert.Equal("", Schedule(Some.Id())!.ForecastOnly);
    }

    [Fact]
    public async Task That_a_forecast_has_become_bad_is_told_and_stops_it()
    {
        await RefreshAsync(3);
        for (var hour = 0; hour < 24; hour++)
        {
            await RecordAsync(hour, minute => minute / 15 % 7 < 4 ? 900 : 60);
            await RefreshAsync(12);
        }

        Assert.Contains(_store.Chain(Some.Id()), each => each.Text.StartsWith("the forecast (combined) raises nothing any more: ", StringComparison.Ordinal));
        Assert.Contains("of 100 loads", Schedule(Some.Id())!.ForecastOnly, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_a_forecast_has_lost_its_history_is_told()
    {
        await RefreshAsync(3);
        _time.Advance(TimeSpan.FromDays(5));
        await RecordAsync(5 * 24, _ => 300);

        await RefreshAsync(6);

        var told = _store.Chain(Some.Id()).Where(each => each.Kind == JournalKind.Forecast).ToList();
        Assert.Equal(2, told.Count);
        Assert.StartsWith("the forecast (combined) raises nothing any more: 4 values in a row", told[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_one_whose_state_is_kept_tells_of_it()
    {
        _answer = request =>
        {
            // Somebody else refreshes the same target between our read and our write.
            _ = _documents.WriteDocumentAsync(new("forecasts", Some.Id().Key, 0, "{}", DateTimeOffset.MaxValue), CancellationToken.None);
            return History(request);
        };

        await RefreshAsync(3);
        Assert.DoesNotContain(_store.Chain(Some.Id()), each => each.Kind == JournalKind.Forecast);

        await RefreshAsync(3);
        Assert.Single(_store.Chain(Some.Id()), each => each.Kind == JournalKind.Forecast);
    }

    [Fact]
    public async Task A_refresh_ends_in_time_and_whoever_is_left_over_comes_earlier_another_time()
    {
        _targets.Clear();
        _targets.AddRange(Enumerable.Range(0, 30).Select(number => Some.Target() with { Id = Some.Id($"web-{number}") }));
        _answer = _ =>
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            return new MetricSeries.Failed("slow");
        };

        var reports = new List<ForecastReport>();
        for (var run = 0; run < 30; run++)
        {
            _time.SetUtcNow(Some.Noon + (run * Every));
            reports.AddRange(await RefreshAsync(1, pace: TimeSpan.Zero));
        }

        Assert.All(reports, report => Assert.InRange(report.Waiting, 1, 4));
        Assert.Contains(reports, report => report.Left > 0);
        Assert.Equal(30, _asked.Select(request => request.Resources[0].Id).Distinct().Count());
    }

    /// <summary>A run each minute takes a fifteenth; of two that are late none takes more than a third.</summary>
    [Theory]
    [InlineData(1, 3)]
    [InlineData(3, 7)]
    [InlineData(5, 11)]
    public async Task However_often_it_runs_each_target_has_its_turn_once_in_a_quarter_of_an_hour(int paceMinutes, int mostInARun)
    {
        Spread(30);
        await RefreshAsync(30 / paceMinutes, TimeSpan.FromMinutes(paceMinutes));

        var quarters = new List<ForecastReport>();
        for (var quarter = 0; quarter < 3; quarter++)
        {
            var reports = await RefreshAsync(15 / paceMinutes, TimeSpan.FromMinutes(paceMinutes));
            Assert.All(reports, report => Assert.InRange(report.Waiting, 1, mostInARun));
            quarters.Add(reports.Aggregate((all, one) => all.With(one)));
        }

        Assert.All(quarters, quarter => Assert.Equal(30, quarter.Waiting));
    }

    [Fact]
    public async Task New_targets_have_their_first_turn_within_three_runs()
    {
        Spread(30);

        await RefreshAsync(3, TimeSpan.FromMinutes(1));

        Assert.Equal(30, _asked.Select(request => request.Resources[0].Id).Distinct().Count());
    }

    [Theory]
    [InlineData(10)]
    [InlineData(24 * 60)]
    public async Task What_was_missed_is_made_good_without_a_burst(int minutes)
    {
        Spread(30);
        await RefreshAsync(15, TimeSpan.FromMinutes(1));
        _time.Advance(TimeSpan.FromMinutes(minutes));

        var reports = await RefreshAsync(4, TimeSpan.FromMinutes(1));

        Assert.All(reports, report => Assert.InRange(report.Waiting, 0, 10));
        Assert.InRange(reports.Sum(report => report.Waiting), Math.Min(minutes + 4, 15) * 2, 38);
    }

    [Fact]
    public async Task A_second_run_within_the_minute_finds_nothing_due()
    {
        await RefreshAsync(4, TimeSpan.FromMinutes(1));
        await RefreshAsync(5, TimeSpan.Zero);
        var asked = _listed;

        Assert.Equal([ForecastReport.Nothing], await RefreshAsync(1, TimeSpan.Zero));
        Assert.Equal(asked, _listed);
    }

    [Fact]
    public async Task A_clock_that_was_ahead_stops_nothing()
    {
        var turns = new ForecastTurns(_documents);
        for (var run = 0; run < 3; run++)
        {
            var ahead = await turns.ReadAsync(Some.Noon.AddYears(1), CancellationToken.None);
            await turns.DoneAsync(ahead, ahead.Due.Count, CancellationToken.None);
        }

        Assert.NotEmpty((await turns.ReadAsync(Some.Noon, CancellationToken.None)).Due);
    }

    [Theory]
    [InlineData("""{"next":-1}""")]
    [InlineData("""{"next":1,"ow""")]
    [InlineData("null")]
    public async Task Turns_that_cannot_be_read_are_begun_anew(string json)
    {
        await _documents.WriteDocumentAsync(new("forecast-turns", "next", 0, json, DateTimeOffset.MaxValue), CancellationToken.None);

        await RefreshAsync(3);

        Assert.NotNull(Schedule(Some.Id()));
    }

    [Fact]
    public async Task Targets_that_began_together_are_calibrated_at_different_times()
    {
        _targets.Add(Some.Target() with { Id = Some.Id("api") });

        await RefreshAsync(3);

        var calibrated = await Task.WhenAll(_targets.Select(async target => (await States.ReadAsync(target.Id, "cpu", CancellationToken.None)).State.Methods[0].CalibratedAt));
        Assert.Equal(2, calibrated.Distinct().Count());
    }

    [Fact]
    public async Task What_decisions_saw_goes_before_what_the_source_told()
    {
        await RecordAsync(0, _ => 777);
        _time.Advance(TimeSpan.FromHours(1));

        await RefreshAsync(3);

        Assert.Equal(777, (await States.ReadAsync(Some.Id(), "cpu", CancellationToken.None)).State.Grid.At(Some.Noon));
    }

    [Fact]
    public async Task A_target_that_cannot_be_forecast_does_not_stop_the_others()
    {
        _targets.Add(Some.Target() with { Id = Some.Id("api") });
        _answer = request => request.Resources[0].Id.EndsWith("api", StringComparison.Ordinal) ? throw new InvalidOperationException("broken") : History(request);

        var reports = await RefreshAsync(3);

        Assert.Equal("InvalidOperationException: broken", Assert.Single(reports.SelectMany(report => report.Problems)).Why);
        Assert.NotNull(Schedule(Some.Id()));
    }

    [Fact]
    public async Task Without_a_policy_nothing_is_asked()
    {
        Policies = Some.Policies();

        await RefreshAsync(3);

        Assert.Empty(_asked);
        Assert.Null(Schedule(Some.Id()));
    }

    [Fact]
    public async Task A_state_that_cannot_be_read_is_learned_again()
    {
        await _documents.WriteDocumentAsync(new("forecasts", Some.Id().Key, 0, "{\"signal\":3}", DateTimeOffset.MaxValue), CancellationToken.None);

        await RefreshAsync(3);

        Assert.NotNull(Schedule(Some.Id()));
    }

    [Fact]
    public async Task A_mean_over_instances_nobody_counted_is_no_load()
    {
        _answer = request => new MetricSeries.Received([.. ((MetricSeries.Received)History(request)).Points.Select(point => point with { Count = null })]);

        var reports = await RefreshAsync(3);

        Assert.Equal((0, 1), (reports.Sum(report => report.Refreshed), reports.Sum(report => report.Waiting)));
    }

    [Theory]
    [InlineData(MetricAggregation.Total, 300)]
    [InlineData(MetricAggregation.Average, 4500)]
    public void A_total_of_a_quarter_of_an_hour_is_that_of_fifteen_minutes(MetricAggregation aggregation, double load)
    {
        var signal = Some.Signal() with { From = Some.Metric(aggregation: aggregation), Measures = SignalMeasure.Total };

        Assert.Equal(load, Assert.Single(LoadHistories.Bins(signal, [Some.Point(0, 4500, null)])).Mean);
    }

    public Task<InventoryReading> ListAsync(CancellationToken cancellationToken)
    {
        _listed++;
        return Task.FromResult<InventoryReading>(new InventoryReading.Complete(_targets));
    }

    public Task<IReadOnlyDictionary<MonitoredResource, MetricSeries>> ReadAsync(MetricRequest request, CancellationToken cancellationToken)
    {
        _asked.Add(request);
        return Task.FromResult<IReadOnlyDictionary<MonitoredResource, MetricSeries>>(request.Resources.ToDictionary(resource => resource, _ => _answer(request)));
    }

    private ForecastStates States => new(_documents);

    /// <summary>So many targets, as many for each minute of a quarter of an hour, whose history cannot be read: a turn costs no fit.</summary>
    private void Spread(int targets)
    {
        _answer = _ => new MetricSeries.Failed("away");
        _targets.Clear();
        _targets.AddRange(Enumerable.Range(0, 1000).Select(number => Some.Target() with { Id = Some.Id($"web-{number}") })
            .GroupBy(target => TargetTurns.Of(target.Id, ForecastTurns.Minutes)).SelectMany(group => group.Take(targets / ForecastTurns.Minutes)));
    }

    private PredictiveSchedule? Schedule(TargetId target) => new PredictiveSchedules(_documents).ReadAsync(target, CancellationToken.None).Result;

    private async Task<List<ForecastReport>> RefreshAsync(int runs, TimeSpan? pace = null)
    {
        var cycle = new ForecastCycle(
            new RowStore(_store), States, new PredictiveSchedules(_documents), new ForecastTurns(_documents), this, this,
            new CycleOptions { Worker = "worker-1", ModeCeiling = PolicyMode.Act }, _time);
        List<ForecastReport> reports = [];
        for (var run = 0; run < runs; run++)
        {
            reports.Add(await cycle.RefreshAsync(Policies, CancellationToken.None));
            _time.Advance(pace ?? Every);
        }

        return reports;
    }

    /// <summary>One hour of load as evaluations leave it in the row.</summary>
    private async Task RecordAsync(int hour, Func<int, double> load) => await new RowStore(_store).ChangeTargetAsync(
        Some.Id(),
        row => row with
        {
            Load = Enumerable.Range(0, 61).Aggregate(
                row.Load, (record, minute) => LoadRecord.Add(record, new LoadSample("cpu", Some.At((60 * hour) + minute), load((60 * hour) + minute), false))),
        },
        CancellationToken.None);

    private static MetricSeries History(MetricRequest request)
    {
        var points = (int)((request.To - request.From) / request.Grain);
        return new MetricSeries.Received([.. Enumerable.Range(0, points).Select(index => new MetricPoint(
            request.From + (index * request.Grain),
            50 + (20 * Math.Sin(2 * Math.PI * index / 96)) + ((index * 7919 % 100) / 50d),
            Count: 4 * 15))]);
    }
}
