using CsCheck;
using Microsoft.Extensions.Time.Testing;
using ScaleFunctions.Core.Checks;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;
using Mishap = ScaleFunctions.Core.Tests.World.SizedResource.Mishap;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>An idle machine on hardware that does not have the smaller size, under a policy that lets it be stopped, minute by minute.</summary>
public sealed class StoppedResizeTests
{
    private static readonly VerticalScalingPolicy MayStop = SomeSizes.Policy() with { MayInterrupt = true, MayStop = true };

    private readonly Story _story = new();

    [Fact]
    public async Task It_is_stopped_resized_started_and_watched()
    {
        await _story.RunAsync(60);

        Assert.Equal(["deallocate", $"resize {SomeSizes.Small}", "start"], _story.Machine.Writes);
        Assert.Equal((SomeSizes.Small, true), (_story.Machine.Size, _story.Machine.Runs));
        Assert.Null(_story.Row.Restage);
        Assert.Null(_story.Row.RollOut);
    }

    [Fact]
    public async Task It_is_not_stopped_where_the_policy_only_lets_it_be_restarted()
    {
        await _story.RunAsync(30, MayStop with { MayStop = false });

        Assert.Empty(_story.Machine.Writes);
        Assert.Contains("the resource's own list of sizes does not have it", _story.Row.Sizing!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_not_stopped_where_the_quotas_do_not_prove_the_way_back()
    {
        var story = new Story(hasQuotas: false);
        await story.RunAsync(30);

        Assert.Empty(story.Machine.Writes);
        Assert.Contains("the quotas of cores could not be read", story.Row.Sizing!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_room_for_the_new_size_it_is_started_with_the_old_one_and_that_size_is_left_alone()
    {
        _story.Machine.HasRoom = size => size != SomeSizes.Small;
        await _story.RunAsync(60);

        Assert.Equal(
            ["deallocate", $"resize {SomeSizes.Small}", "start", $"resize {SomeSizes.Middle}", "start"], _story.Machine.Writes);
        Assert.True(_story.Machine.Runs);
        Assert.Equal($"it could not be started with {SomeSizes.Small}", _story.Row.Sizes.Of(SomeSizes.Small)!.Why);
    }

    [Fact]
    public async Task Without_room_for_either_it_is_tried_with_one_and_the_other_until_there_is()
    {
        _story.Machine.HasRoom = _ => false;
        await _story.RunAsync(60);
        Assert.False(_story.Machine.Runs);
        Assert.InRange(_story.Machine.Writes.Count(write => write == "start"), 4, 20);

        _story.Machine.HasRoom = _ => true;
        await _story.RunAsync(60);
        Assert.True(_story.Machine.Runs);
        Assert.Null(_story.Row.Restage);
    }

    [Fact]
    public async Task A_size_with_which_it_is_not_well_is_taken_back_over_another_stop()
    {
        _story.Machine.Bad = SomeSizes.Small;
        await _story.RunAsync(60);

        Assert.Equal(
            ["deallocate", $"resize {SomeSizes.Small}", "start", "deallocate", $"resize {SomeSizes.Middle}", "start"], _story.Machine.Writes);
        Assert.Equal((SomeSizes.Middle, true), (_story.Machine.Size, _story.Machine.Runs));
        Assert.Equal("1 more instance is unwell than before", _story.Row.Sizes.Of(SomeSizes.Small)!.Why);
    }

    [Fact]
    public async Task Its_count_leaves_it_stopped_meanwhile()
    {
        _story.Machine.Fault = call => call == "resize" ? Mishap.LostCall : Mishap.None;
        await _story.RunAsync(12);

        Assert.Equal(["deallocate"], _story.Machine.Writes);
        Assert.False(_story.Machine.Runs);
    }

    [Fact]
    public async Task Under_the_kill_switch_it_stays_stopped_which_is_told_and_goes_on_afterwards()
    {
        await _story.StopAsync();
        await _story.SetKillSwitchAsync(isSet: true);
        await _story.RunAsync(20);

        Assert.False(_story.Machine.Runs);
        Assert.Equal(["deallocate"], _story.Machine.Writes);
        Assert.Contains($"it is stopped on its way to {SomeSizes.Small} and stays so: the kill switch is set by anna: incident", _story.Told);

        await _story.SetKillSwitchAsync(isSet: false);
        await _story.RunAsync(40);
        Assert.Equal((SomeSizes.Small, true), (_story.Machine.Size, _story.Machine.Runs));
    }

    [Fact]
    public async Task A_person_who_starts_it_under_the_kill_switch_is_not_overruled()
    {
        await _story.StopAsync();
        await _story.SetKillSwitchAsync(isSet: true);
        await _story.RunAsync(5);
        _story.Machine.StartByHand();
        await _story.RunAsync(5);
        await _story.SetKillSwitchAsync(isSet: false);
        await _story.RunAsync(30);

        Assert.Equal(["deallocate"], _story.Machine.Writes);
        Assert.Equal((SomeSizes.Middle, true), (_story.Machine.Size, _story.Machine.Runs));
        Assert.Equal("somebody started it before it had the new size", _story.Row.Sizes.Of(SomeSizes.Small)!.Why);
    }

    [Fact]
    public async Task A_policy_that_is_removed_while_it_is_stopped_does_not_leave_it_there()
    {
        await _story.StopAsync();
        await _story.RunAsync(40, isCovered: false);

        Assert.Equal((SomeSizes.Small, true), (_story.Machine.Size, _story.Machine.Runs));
    }

    [Fact]
    public async Task A_clock_that_is_put_back_a_day_does_not_leave_it_stopped_for_a_day()
    {
        _story.Machine.HasRoom = _ => false;
        while (_story.Row.Restage is not { Failures: > 3, Tried.Step: RestageAct.Start } || _story.Row.Intent is not null)
        {
            await _story.RunAsync(1);
        }

        _story.Ahead = TimeSpan.FromDays(-1);
        _story.Machine.HasRoom = _ => true;
        await _story.RunAsync(30);
        Assert.True(_story.Machine.Runs);
    }

    [Fact]
    public async Task A_bad_size_that_cannot_be_taken_back_is_left_alone_and_not_the_one_before()
    {
        _story.Machine.Bad = SomeSizes.Small;
        _story.Machine.HasRoom = size => size != SomeSizes.Middle;
        await _story.RunAsync(90);

        Assert.Equal((SomeSizes.Small, true), (_story.Machine.Size, _story.Machine.Runs));
        Assert.NotNull(_story.Row.Sizes.Of(SomeSizes.Small));
        Assert.Null(_story.Row.Sizes.Of(SomeSizes.Middle));
    }

    /// <summary>Whatever goes wrong in two hours, kills between any two steps and no room at the start included: it ends running, with one of both sizes.</summary>
    [Fact]
    public Task Ends_started_at_the_old_or_the_new_size_at_every_failure_and_kill() => Gen.Select(Gen.Int[0, 20].Array[0, 300], Gen.Int[0, 3], Gen.Bool).SampleAsync(
        async (mishaps, room, isBad) =>
        {
            var (story, call, asked) = (new Story(), 0, 0);
            story.Machine.Bad = isBad ? SomeSizes.Small : null;
            story.Machine.Fault = _ => call < mishaps.Length && Enum.IsDefined((Mishap)mishaps[call++]) ? (Mishap)mishaps[call - 1] : Mishap.None;
            story.Machine.HasRoom = size => room switch
            {
                0 => true,
                1 => size != SomeSizes.Small,
                2 => size != SomeSizes.Middle || asked++ > 3,
                _ => asked++ > 4,
            };
            await story.RunAsync(120);
            story.Machine.Fault = _ => Mishap.None;
            story.Machine.HasRoom = _ => true;
            await story.RunAsync(180);

            Assert.True(story.Machine.Runs);
            Assert.Null(story.Row.Intent);
            Assert.Null(story.Row.Restage);

            Assert.Contains(story.Machine.Size, new[] { SomeSizes.Small, SomeSizes.Middle });

            // What does it no good stays only where the old size was not to be had again: a person is told, and it is left alone.
            if (isBad && story.Machine.Size == SomeSizes.Small)
            {
                Assert.Contains(story.Ends, end => end.Contains("cannot be brought to an end by itself, please look: it could not be taken back", StringComparison.Ordinal));
                Assert.NotNull(story.Row.Sizes.Of(SomeSizes.Small));
            }
        },
        iter: 20);

    private sealed class Story
    {
        private readonly MemoryStateStore _store = new();
        private readonly FakeTimeProvider _time = new(Some.Noon);
        private readonly ShiftedTime _clock;

        public Story(bool hasQuotas = true)
        {
            _clock = new ShiftedTime(_time);
            Machine = new StoppableMachine(_clock) { HasQuotas = hasQuotas };
        }

        /// <summary>How much the clock is put forward; back, when it is negative.</summary>
        public TimeSpan Ahead { set => _clock.Ahead = value; }

        public List<string> Told { get; } = [];

        public IEnumerable<string> Ends => _store.Chain(StoppableMachine.Id).Where(entry => entry.Kind == JournalKind.RollOutEnded).Select(entry => entry.Text);

        public StoppableMachine Machine { get; }

        public TargetRow Row => _store.Row(StoppableMachine.Id);

        /// <summary>Until it is stopped, and nothing more.</summary>
        public async Task StopAsync()
        {
            while (Machine.Runs)
            {
                await RunAsync(1);
            }
        }

        public async Task SetKillSwitchAsync(bool isSet) => await new RowStore(_store).ChangeFleetAsync(
            row => row with { KillSwitch = new KillSwitch(isSet, "anna", "incident", _clock.GetUtcNow()) }, TestContext.Current.CancellationToken);

        public async Task RunAsync(int minutes, VerticalScalingPolicy? policy = null, bool isCovered = true)
        {
            var (options, bounds) = (new CycleOptions { Worker = "worker-1", ModeCeiling = PolicyMode.Act }, Some.Policies(Some.Horizontal(minimum: 1, maximum: 1)));
            var policies = bounds with
            {
                Workloads = [bounds.Workloads[0] with { Select = new TargetSelector { ResourceType = StoppableMachine.Id.ResourceType } }],
                VerticalScaling = [policy ?? MayStop],
            };
            policies = isCovered ? policies : policies with { Workloads = [], HorizontalScaling = [], VerticalScaling = [] };
            for (var minute = 0; minute < minutes; minute++)
            {
                _time.Advance(TimeSpan.FromMinutes(1));
                var rows = new RowStore(_store);
                try
                {
                    var report = await new ScalingCycle(
                        rows, new PredictiveSchedules(new MemoryDocumentStore()), Machine, Machine, new ActionRunner(rows, [Machine], options, _clock), options, _clock,
                        preflight: new PreflightSources(Machine, Machine, Machine)).RunAsync(policies, TestContext.Current.CancellationToken);
                    Told.AddRange(report.Targets.Where(each => each.IsOfSize).Select(each => each.Text));
                }
                catch (CrashException)
                {
                    // The process is gone; the next minute another one goes on with what is stored.
                }
            }
        }
    }

    private sealed class ShiftedTime(TimeProvider time) : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Ahead;
    }
}
