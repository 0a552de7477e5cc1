using CsCheck;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using ScaleFunctions.Core.Advisories;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;
using Mishap = ScaleFunctions.Core.Tests.World.SizedResource.Mishap;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>What a step of a budget makes of the size of a scale set of ten, or of a machine, and what they are when it is over: minute by minute.</summary>
public sealed class BudgetSizedCycleTests
{
    private const int Count = 10;

    /// <summary>By itself it leaves the size as it is: less than a hundredth of the processors is never in use.</summary>
    private static readonly VerticalScalingPolicy Sizes = SomeSizes.Policy() with
    {
        Down = SizeThresholds.DefaultDown with { Cpu = SizeThresholds.DefaultDown.Cpu with { Percent = 0.01 } },
    };

    [Fact]
    public async Task A_set_gets_the_cheaper_size_batch_by_batch_and_its_own_back_the_same_way()
    {
        using var measured = new Measurements(CycleMeter.Name);
        var story = new Story();
        await story.RunAsync(90);
        Assert.Equal([$"size {SomeSizes.Small} {Count}", "upgrade 0,1", "upgrade 2,3", "upgrade 4,5", "upgrade 6,7", "upgrade 8,9"], story.Set.Writes);
        Assert.Equal((SomeSizes.Middle, SomeSizes.Small), (story.Row.BudgetSize!.Own, story.Row.BudgetSize.Low));
        Assert.NotNull(story.Row.BudgetSize.LoweredAt);

        await story.EndAsync();
        await story.RunAsync(60);

        Assert.All(story.Set.Sizes, size => Assert.Equal(SomeSizes.Middle, size));
        Assert.Equal([$"size {SomeSizes.Middle} {Count}", "upgrade 0,1", "upgrade 2,3", "upgrade 4,5", "upgrade 6,7", "upgrade 8,9"], story.Set.Writes.Skip(6));
        Assert.Equal(2, story.Set.MostDown);
        Assert.Null(story.Row.BudgetSize);
        Assert.Null(story.Row.RollOut);

        // Nothing was wrong with the cheaper one: the next time it is given at once, and nobody is told of a recovery.
        Assert.Null(story.Row.Sizes.Of(SomeSizes.Small));
        Assert.Empty(measured.Of("scalefunctions.recoveries"));
        Assert.Contains(story.Journal, text => text.Contains($"{SomeSizes.Middle} → {SomeSizes.Small}: the step cheaperSize of the budget team wants it cheaper", StringComparison.Ordinal));
        Assert.Contains(story.Journal, text => text.Contains($"{SomeSizes.Small} → {SomeSizes.Middle}: the size it had before the step cheaperSize of the budget team", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_set_that_is_not_well_with_the_cheaper_size_has_its_own_again()
    {
        var story = new Story();
        story.Set.Bad = SomeSizes.Small;
        await story.RunAsync(90);

        Assert.All(story.Set.Sizes, size => Assert.Equal(SomeSizes.Middle, size));
        Assert.Equal("2 more instances are unwell than before", story.Row.Sizes.Of(SomeSizes.Small)!.Why);
    }

    /// <summary>On its way back it has its own size, and that is nobody's wish but ours.</summary>
    [Fact]
    public async Task A_step_that_begins_again_while_a_set_comes_back_makes_it_cheaper_again()
    {
        var story = new Story();
        await story.RunAsync(90);
        await story.EndAsync();
        await story.RunAsync(10);
        Assert.NotNull(story.Row.RollOut);

        await story.KeepAsync(BudgetPhase.Active, BudgetPhase.Idle);
        await story.RunAsync(60);
        Assert.Equal((SomeSizes.Middle, false), (story.Row.BudgetSize!.Own, story.Row.BudgetSize.IsReleased));

        // What was used of its own size is known again once the look-back of the policy has passed.
        Assert.Contains("it has had this size since", story.Row.Sizing!.Reason, StringComparison.Ordinal);
        story.Pass(TimeSpan.FromDays(1));
        await story.RunAsync(90);
        Assert.All(story.Set.Sizes, size => Assert.Equal(SomeSizes.Small, size));
    }

    /// <summary>Instances that are not well with the size they always had are not unwell because of it.</summary>
    [Fact]
    public async Task Its_own_size_is_not_taken_back_for_the_sake_of_a_cheaper_one()
    {
        var story = new Story();
        await story.RunAsync(90);
        story.Set.Bad = SomeSizes.Middle;
        await story.EndAsync();
        await story.RunAsync(120);

        Assert.Equal(SomeSizes.Middle, story.Set.Size);
        Assert.Single(story.Set.Writes, $"size {SomeSizes.Middle} {Count}");
        Assert.Single(story.Set.Writes, $"size {SomeSizes.Small} {Count}");
    }

    [Fact]
    public async Task What_is_critical_keeps_its_size()
    {
        var story = new Story { IsCritical = true };
        await story.RunAsync(30);

        Assert.Empty(story.Set.Writes);
    }

    [Fact]
    public async Task The_way_back_of_what_restarts_waits_for_the_window_where_a_bigger_size_does()
    {
        var window = new SizeWindow(new ZonedWindow(new TimeWindow.Weekly([.. Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None)], new LocalTime(12, 0), new LocalTime(14, 0)) { Text = "12:00-14:00" }, DateTimeZone.Utc), HoldsUp: true);
        var story = new Story { Policy = Sizes with { Window = window } };
        await story.RunAsync(119);
        Assert.Equal(SomeSizes.Small, story.Set.Size);
        await story.RunAsync(30);
        await story.EndAsync();
        await story.RunAsync(10);
        Assert.Equal(SomeSizes.Small, story.Set.Size);
        Assert.Contains("12:00-14:00", story.Row.Sizing!.Reason, StringComparison.Ordinal);

        story.Policy = Sizes with { Window = window with { HoldsUp = false } };
        await story.RunAsync(10);
        Assert.Equal(SomeSizes.Middle, story.Set.Size);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_way_back_of_what_restarts_waits_for_the_end_of_a_freeze(bool isMachine)
    {
        var story = new Story(isMachine, hasAllSizes: true);
        await story.RunAsync(120);
        story.IsFrozen = true;
        await story.EndAsync();
        await story.RunAsync(20);
        Assert.Equal(SomeSizes.Small, story.Size);
        Assert.Contains("release", story.Row.Sizing!.Reason, StringComparison.Ordinal);

        story.IsFrozen = false;
        await story.RunAsync(20);
        Assert.Equal(SomeSizes.Middle, story.Size);
    }

    [Fact]
    public async Task A_machine_is_restarted_for_the_cheaper_size_and_for_its_own()
    {
        var story = new Story(isMachine: true, hasAllSizes: true);
        await story.RunAsync(60);
        Assert.Equal([$"resize {SomeSizes.Small}"], story.Machine.Writes);

        await story.EndAsync();
        await story.RunAsync(20);
        Assert.Equal([$"resize {SomeSizes.Small}", $"resize {SomeSizes.Middle}"], story.Machine.Writes);
        Assert.Null(story.Row.BudgetSize);
        Assert.True(story.Machine.Runs);
    }

    [Fact]
    public async Task A_machine_is_stopped_for_it_where_its_policy_allows_that_and_for_the_way_back_even_without_the_policy()
    {
        var story = new Story(isMachine: true) { Policy = Sizes with { MayStop = true } };
        await story.RunAsync(60);
        Assert.Equal(["deallocate", $"resize {SomeSizes.Small}", "start"], story.Machine.Writes);
        Assert.True(story.Row.BudgetSize!.IsByStopping);

        story.Policy = null;
        await story.EndAsync();
        await story.RunAsync(30);
        Assert.Equal(["deallocate", $"resize {SomeSizes.Middle}", "start"], story.Machine.Writes.Skip(3));
        Assert.Equal((SomeSizes.Middle, true), (story.Machine.Size, story.Machine.Runs));
        Assert.Null(story.Row.BudgetSize);
        Assert.Null(story.Row.Sizes.Of(SomeSizes.Small));
    }

    [Fact]
    public async Task A_machine_is_not_stopped_where_only_a_restart_is_allowed()
    {
        var story = new Story(isMachine: true);
        await story.RunAsync(60);

        Assert.Empty(story.Machine.Writes);
        Assert.Contains("the resource's own list of sizes does not have it", story.Row.Sizing!.Reason, StringComparison.Ordinal);
    }

    /// <summary>It is not stopped each few minutes for a size there is no room for: after a day, and when it is down anyway.</summary>
    [Fact]
    public async Task Without_room_for_its_own_size_a_machine_runs_on_the_cheaper_one_and_is_tried_again_after_a_day()
    {
        var story = new Story(isMachine: true) { Policy = Sizes with { MayStop = true } };
        await story.RunAsync(60);
        story.Machine.HasRoom = size => size != SomeSizes.Middle;
        await story.EndAsync();
        await story.RunAsync(12 * 60);
        Assert.Equal((SomeSizes.Small, true), (story.Machine.Size, story.Machine.Runs));
        Assert.Equal(2, story.Machine.Writes.Count(write => write == "deallocate"));
        Assert.NotNull(story.Row.BudgetSize);

        story.Machine.HasRoom = _ => true;
        story.Pass(TimeSpan.FromDays(1));
        await story.RunAsync(30);
        Assert.Equal((SomeSizes.Middle, true), (story.Machine.Size, story.Machine.Runs));
        Assert.Null(story.Row.BudgetSize);
    }

    [Fact]
    public async Task A_machine_that_a_later_step_stops_is_started_with_its_own_size()
    {
        var story = new Story(isMachine: true, hasAllSizes: true);
        await story.RunAsync(60);
        await story.KeepAsync(BudgetPhase.Active, BudgetPhase.Active);
        await story.RunAsync(30);
        Assert.False(story.Machine.Runs);

        await story.EndAsync();
        await story.RunAsync(60);
        Assert.Equal([$"resize {SomeSizes.Small}", "deallocate", $"resize {SomeSizes.Middle}", "start"], story.Machine.Writes);
        Assert.Null(story.Row.BudgetSize);
        Assert.Null(story.Row.Budget);
    }

    [Fact]
    public async Task A_machine_that_does_not_run_keeps_its_size()
    {
        var story = new Story(isMachine: true, hasAllSizes: true);
        await story.KeepAsync(BudgetPhase.Idle, BudgetPhase.Active);
        await story.RunAsync(20);
        await story.KeepAsync(BudgetPhase.Active, BudgetPhase.Active);
        await story.RunAsync(20);

        Assert.Equal(["deallocate"], story.Machine.Writes);
        Assert.Contains("nothing of it runs", story.Row.Sizing!.Reason, StringComparison.Ordinal);
    }

    /// <summary>
    /// Whatever goes wrong, kills of the process included, and however often the step begins and ends meanwhile: once it is over and nothing
    /// goes wrong any more, all of the set has the size it had, and nothing is owed.
    /// </summary>
    [Fact]
    public Task A_set_ends_with_its_own_size_at_every_failure() => Gen.Select(Gen.Int[0, 60].Array[0, 300], Gen.Int[20, 90].Array[1, 4]).SampleAsync(
        async (mishaps, spans) =>
        {
            var (story, call) = (new Story(), 0);
            story.Set.Fault = _ => call < mishaps.Length && Enum.IsDefined((Mishap)mishaps[call++]) ? (Mishap)mishaps[call - 1] : Mishap.None;
            await story.SwitchAsync(spans);
            story.Set.Fault = _ => Mishap.None;
            await story.RunAsync(600);

            Assert.All(story.Set.Sizes, size => Assert.Equal(SomeSizes.Middle, size));
            Assert.True(story.Set.AllRun);
            Assert.Equal(Count, story.Set.Sizes.Count);
            Assert.Null(story.Row.BudgetSize);
            Assert.Null(story.Row.RollOut);
            Assert.True(story.Set.MostDown <= 2, $"{story.Set.MostDown} were down at once");
        },
        iter: 15);

    [Fact]
    public Task A_machine_ends_running_with_its_own_size_at_every_failure() => Gen.Select(Gen.Int[0, 60].Array[0, 300], Gen.Int[10, 90].Array[1, 4], Gen.Bool, Gen.Int[0, 3]).SampleAsync(
        async (mishaps, spans, hasAllSizes, room) =>
        {
            var (story, call, asked) = (new Story(isMachine: true, hasAllSizes) { Policy = Sizes with { MayStop = true } }, 0, 0);
            story.Machine.Fault = _ => call < mishaps.Length && Enum.IsDefined((Mishap)mishaps[call++]) ? (Mishap)mishaps[call - 1] : Mishap.None;
            story.Machine.HasRoom = size => room switch
            {
                0 => true,
                1 => size != SomeSizes.Small,
                2 => size != SomeSizes.Middle,
                _ => asked++ > 3,
            };
            await story.SwitchAsync(spans);
            story.Machine.Fault = _ => Mishap.None;
            story.Machine.HasRoom = _ => true;
            await story.RunAsync(480);
            for (var day = 0; day < 16 && story.Row.BudgetSize is not null; day++)
            {
                story.Pass(TimeSpan.FromDays(1));
                await story.RunAsync(60);
            }

            Assert.True(story.Machine.Runs);
            Assert.Equal(SomeSizes.Middle, story.Machine.Size);
            Assert.Null(story.Row.BudgetSize);
            Assert.Null(story.Row.Restage);
            Assert.Null(story.Row.Intent);
        },
        iter: 15);

    private static ChangeCalendarPolicy Release => new()
    {
        Name = "platform",
        Source = Some.Source,
        Freezes =
        [
            new Freeze
            {
                When = new ZonedWindow(new TimeWindow.Once(new(2026, 3, 1, 0, 0), new(2026, 3, 5, 0, 0)), DateTimeZone.Utc),
                Holds = FreezeScope.Everything,
                Reason = "release",
                Calendar = "platform",
                Source = Some.Source,
            },
        ],
    };

    private sealed class Story : ICostAdvisor
    {
        private readonly MemoryStateStore _store = new();
        private readonly MemoryDocumentStore _documents = new();
        private readonly FakeTimeProvider _time = new(Some.Noon);
        private readonly bool _isMachine;

        public Story(bool isMachine = false, bool hasAllSizes = false)
        {
            _isMachine = isMachine;
            Set = new SizedResource(_time, Count);
            Machine = new StoppableMachine(_time) { HasAllSizes = hasAllSizes, Tags = SomeBudget.Tags((BudgetStep.StopTag, "true")) };
        }

        public SizedResource Set { get; }

        public StoppableMachine Machine { get; }

        public VerticalScalingPolicy? Policy { get; set; } = Sizes;

        public bool IsCritical { get; init; }

        public bool IsFrozen { get; set; }

        public string Size => _isMachine ? Machine.Size : Set.Size;

        public TargetRow Row => _store.Row(Id);

        public IEnumerable<string> Journal => _store.Chain(Id).Where(entry => entry.Kind == JournalKind.IntentOpened).Select(entry => entry.Text);

        private TargetId Id => _isMachine ? StoppableMachine.Id : Some.Id();

        private BudgetStep[] Ladder => [.. new[] { SomeBudget.Stop, SomeBudget.Cheaper }.Select(step => step with { Select = new TargetSelector { ResourceType = Id.ResourceType } })];

        public Task EndAsync() => KeepAsync(BudgetPhase.Idle, BudgetPhase.Idle);

        public void Pass(TimeSpan time) => _time.Advance(time);

        /// <summary>The step begins and ends in turns, and is over in the end.</summary>
        public async Task SwitchAsync(int[] minutes)
        {
            foreach (var (span, index) in minutes.Select((span, index) => (span, index)))
            {
                await KeepAsync(index % 2 == 0 ? BudgetPhase.Active : BudgetPhase.Idle, BudgetPhase.Idle);
                await RunAsync(span);
            }

            await EndAsync();
        }

        /// <summary>What a look at the budget would have kept.</summary>
        public async Task KeepAsync(BudgetPhase cheaper, BudgetPhase stop)
        {
            var states = new BudgetStates(_documents);
            var (record, version) = await states.ReadAsync("team", TestContext.Current.CancellationToken);
            var ladder = KeptLadder.New with
            {
                Period = SomeBudget.March,
                Steps = [.. Ladder.Select(step => new KeptStep { Name = step.Name, Kind = step.Kind, Mode = PolicyMode.Act, Phase = step.Kind == BudgetStepKind.Stop ? stop : cheaper })],
            };
            Assert.NotNull(await states.WriteAsync("team", record with { Ladder = ladder }, version, _time.GetUtcNow(), TestContext.Current.CancellationToken));
        }

        public async Task RunAsync(int minutes)
        {
            if (_documents.All.Count == 0)
            {
                await KeepAsync(BudgetPhase.Active, BudgetPhase.Idle);
            }

            var count = _isMachine ? 1 : Count;
            var bounds = Some.Policies(Some.Horizontal(minimum: count, maximum: count));
            for (var minute = 0; minute < minutes; minute++)
            {
                _time.Advance(TimeSpan.FromMinutes(1));
                var policies = bounds with
                {
                    Workloads = [bounds.Workloads[0] with { IsCritical = IsCritical, Select = new TargetSelector { ResourceType = Id.ResourceType } }],
                    VerticalScaling = Policy is null ? [] : [Policy],
                    BudgetAlerts = [SomeBudget.Policy(Ladder)],
                    ChangeCalendars = IsFrozen ? [Release] : [],
                };
                try
                {
                    await TickAsync(policies);
                }
                catch (CrashException)
                {
                    // The process is gone; the next minute another one goes on with what is stored.
                }
            }
        }

        private Task<TickReport> TickAsync(PolicySet policies)
        {
            var (rows, options, set) = (new RowStore(_store), new CycleOptions { Worker = "worker-1", ModeCeiling = PolicyMode.Act }, new SizedPorts(Set, _time, 10, _ => 100));
            return _isMachine
                ? new ScalingCycle(
                    rows, new PredictiveSchedules(new MemoryDocumentStore()), Machine, Machine, new ActionRunner(rows, [Machine], options, _time), options, _time,
                    preflight: new PreflightSources(Machine, Machine, Machine), sizes: Sources(Machine), budgets: new BudgetStates(_documents)).RunAsync(policies, TestContext.Current.CancellationToken)
                : new ScalingCycle(
                    rows, new PredictiveSchedules(new MemoryDocumentStore()), set, set, new ActionRunner(rows, [Set], options, _time), options, _time,
                    preflight: new PreflightSources(set, set, set), sizes: Sources(set), budgets: new BudgetStates(_documents)).RunAsync(policies, TestContext.Current.CancellationToken);
        }

        private SizeSources Sources(IComputeLimits limits) => new([], limits, this, new FixedPrices());

        public Task<FactReading<IReadOnlyList<CostAdvice>>> ReadAdviceAsync(string subscription, CancellationToken cancellationToken) =>
            Task.FromResult<FactReading<IReadOnlyList<CostAdvice>>>(new FactReading<IReadOnlyList<CostAdvice>>.Unknown("403"));

        public Task<FactReading<IReadOnlyList<Reservation>>> ReadReservationsAsync(CancellationToken cancellationToken) =>
            Task.FromResult<FactReading<IReadOnlyList<Reservation>>>(new FactReading<IReadOnlyList<Reservation>>.Unknown("403"));
    }
}
