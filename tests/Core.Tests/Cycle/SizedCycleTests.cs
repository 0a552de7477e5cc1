using CsCheck;
using Microsoft.Extensions.Time.Testing;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;
using Mishap = ScaleFunctions.Core.Tests.World.SizedResource.Mishap;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>Ten idle instances of the middle size under a policy that acts, minute by minute.</summary>
public sealed class SizedCycleTests
{
    private const int Count = 10;

    private readonly MemoryStateStore _store = new();
    private readonly FakeTimeProvider _time = new(Some.Noon);
    private readonly SizedResource _set;
    private readonly GuardLog _guard = new();
    private double _cpu = 10;

    public SizedCycleTests() => _set = new SizedResource(_time, Count);

    [Fact]
    public async Task A_fleet_steps_down_a_size_batch_by_batch_and_is_watched()
    {
        await RunAsync(minutes: 90);

        Assert.All(_set.Sizes, size => Assert.Equal(SomeSizes.Small, size));
        Assert.Equal([$"size {SomeSizes.Small} {Count}", "upgrade 0,1", "upgrade 2,3", "upgrade 4,5", "upgrade 6,7", "upgrade 8,9"], _set.Writes);
        Assert.Equal(2, _set.MostDown);
        Assert.Null(Row.RollOut);
        Assert.Null(Row.Intent);
        Assert.Empty(Row.History.Changes);
        var journal = await JournalAsync();
        Assert.Contains(journal, entry => entry.Kind == JournalKind.IntentOpened && entry.Text.StartsWith($"{SomeSizes.Middle} → {SomeSizes.Small}: ", StringComparison.Ordinal));
        Assert.Contains(journal, entry => entry.Kind == JournalKind.RollOutEnded && entry.Text == $"{SomeSizes.Small}: 10 instances have it and stayed well");
        Assert.Equal(SomeSizes.Small, Row.Sizing!.Current);
    }

    [Fact]
    public async Task A_size_with_which_the_first_batch_is_not_well_is_taken_back_and_left_alone()
    {
        using var measured = new Measurements(CycleMeter.Name);
        _set.Bad = SomeSizes.Small;
        await RunAsync(minutes: 60);

        Assert.Equal([(1d, "size")], measured.Of("scalefunctions.recoveries"));
        Assert.Equal(new Dictionary<string, double> { ["size done"] = 2, ["upgrade done"] = 2 }, measured.Sums("scalefunctions.actions"));
        Assert.All(_set.Sizes, size => Assert.Equal(SomeSizes.Middle, size));
        Assert.Equal([$"size {SomeSizes.Small} {Count}", "upgrade 0,1", $"size {SomeSizes.Middle} {Count}", "upgrade 0,1"], _set.Writes);
        Assert.Equal("2 more instances are unwell than before", Row.Sizes.Of(SomeSizes.Small)!.Why);
        Assert.Contains(await JournalAsync(), entry => entry.Kind == JournalKind.RollOutEnded && entry.Text.Contains("was taken back", StringComparison.Ordinal));

        await RunAsync(minutes: 60);
        Assert.Equal(4, _set.Writes.Count);

        await RunAsync(minutes: 26 * 60);
        Assert.Equal((8, 2), (_set.Writes.Count, Row.Sizes.Of(SomeSizes.Small)!.Times));
        Assert.True(Row.Sizes.Of(SomeSizes.Small)!.Until > _time.GetUtcNow().AddHours(44));
    }

    /// <summary>The resource cannot be read for the way back, so no action is ever opened for it.</summary>
    [Fact]
    public async Task A_way_back_that_never_becomes_an_action_asks_for_a_person_in_the_end()
    {
        _set.Bad = SomeSizes.Small;
        _set.Fault = name => name == "read" && Row.Intent is null && _set.Sizes.Contains(SomeSizes.Small) ? Mishap.Unreadable : Mishap.None;

        await RunAsync(minutes: 7 * 60);

        Assert.Null(Row.RollOut);
        Assert.Contains(await JournalAsync(), entry => entry.Text.Contains("it could not be taken back: 2 more instances are unwell than before", StringComparison.Ordinal));
    }

    /// <summary>Six hours of Azure's refusals ask for a person; those of a pause do not count.</summary>
    [Fact]
    public async Task A_pause_uses_up_none_of_the_patience_with_a_way_back_that_azure_refuses()
    {
        _set.Bad = SomeSizes.Small;
        _set.Fault = name => name == "size" && _set.Sizes.Contains(SomeSizes.Small) ? Mishap.Refused : Mishap.None;
        await RunAsync(minutes: 60);
        Assert.NotNull(Row.RollOut?.UndoSince);

        await PauseAsync(new TargetPause("anna", "incident", _time.GetUtcNow(), null));
        await RunAsync(minutes: 8 * 60);
        Assert.EndsWith("it is paused by anna: incident", Row.RollOut?.Doubt, StringComparison.Ordinal);

        _set.Fault = _ => Mishap.None;
        await PauseAsync(null);
        await RunAsync(minutes: 30);
        Assert.All(_set.Sizes, size => Assert.Equal(SomeSizes.Middle, size));

        Task PauseAsync(TargetPause? pause) => new RowStore(_store).ChangeTargetAsync(
            Some.Id(), row => row.SetPause(pause, "anna", "incident", _time.GetUtcNow()), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Processors_that_are_short_get_a_bigger_size()
    {
        _cpu = 90;
        await RunAsync(minutes: 90);

        Assert.All(_set.Sizes, size => Assert.Equal(SomeSizes.Big, size));
    }

    [Fact]
    public async Task The_kill_switch_stops_a_roll_out_between_batches_and_it_goes_on_when_it_is_cleared()
    {
        await RunAsync(minutes: 3);
        var before = _set.Writes.Count;
        var rows = new RowStore(_store);
        await rows.ChangeFleetAsync(row => row.SetKillSwitch(true, "anna", "incident", _time.GetUtcNow()), TestContext.Current.CancellationToken);
        await RunAsync(minutes: 30);
        Assert.Equal(before, _set.Writes.Count);
        Assert.Equal(before, (await JournalAsync()).Count(entry => entry.Kind == JournalKind.IntentOpened));

        await rows.ChangeFleetAsync(row => row.SetKillSwitch(false, "anna", "over", _time.GetUtcNow()), TestContext.Current.CancellationToken);
        await RunAsync(minutes: 90);
        Assert.All(_set.Sizes, size => Assert.Equal(SomeSizes.Small, size));
    }

    /// <summary>The second step would be to nothing smaller; the use of four cores must not count for two.</summary>
    [Fact]
    public async Task What_was_used_of_another_size_is_not_counted_for_this_one()
    {
        await RunAsync(minutes: 120);
        Assert.StartsWith($"{SomeSizes.Small} stays: not judged: it has had this size since 2026-03-02 1", Row.Sizing!.Reason, StringComparison.Ordinal);

        _set.Size = SomeSizes.Big;
        await RunAsync(minutes: 10);
        Assert.Contains("it has had this size since 2026-03-02 14:", Row.Sizing!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_size_that_azure_refuses_is_not_asked_for_again_the_same_day()
    {
        _set.Fault = call => call == "size" ? Mishap.Refused : Mishap.None;
        await RunAsync(minutes: 120);

        Assert.Single(await JournalAsync(), entry => entry.Kind == JournalKind.IntentOpened);
        Assert.Equal(1, Row.Sizes.Of(SomeSizes.Small)!.Times);
        Assert.Empty(Row.Sizes.Changes);
    }

    [Fact]
    public async Task A_policy_that_recommends_writes_nothing_and_says_what_it_would()
    {
        await RunAsync(minutes: 10, mode: SizeMode.Recommend);

        Assert.Empty(_set.Writes);
        Assert.Equal((SomeSizes.Middle, SomeSizes.Small), (Row.Sizing!.Current, Row.Sizing.Desired));
        Assert.EndsWith("held: only recommended: the policy has 'mode: recommend'", Row.Sizing.Reason, StringComparison.Ordinal);
    }

    /// <summary>The ladder is what Azure has of the family.</summary>
    [Fact]
    public async Task A_family_is_a_ladder_too()
    {
        var policy = SomeSizes.Policy() with { Sizes = [], Family = SomeSizes.Offers[SomeSizes.Middle].Family };
        for (var minute = 0; minute < 30; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await TickAsync(_store, _time, _set, _guard, 10, policy);
        }

        Assert.Equal($"size {SomeSizes.Small} {Count}", _set.Writes[0]);
    }

    [Fact]
    public async Task A_family_of_which_nothing_is_known_leaves_the_size_as_it_is()
    {
        for (var minute = 0; minute < 30; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await TickAsync(_store, _time, _set, _guard, 10, SomeSizes.Policy() with { Sizes = [], Family = "standardXFamily" });
        }

        Assert.Empty(_set.Writes);
        Assert.Contains("no sizes of the family standardXFamily are known", Row.Sizing!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_without_a_guard_writes_nothing_and_says_why()
    {
        for (var minute = 0; minute < 10; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await TickAsync(_store, _time, _set, _guard, 10, SomeSizes.Policy() with { Guard = null });
        }

        Assert.Empty(_set.Writes);
        Assert.Contains("the policy has no 'guard'", Row.Sizing!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guard_that_is_beyond_its_bound_before_holds_a_smaller_size_and_no_bigger_one()
    {
        _guard.Latency = () => 2000;
        for (var minute = 0; minute <= 30; minute++)
        {
            _guard.Pass(Some.At(-minute));
        }

        await RunAsync(minutes: 30);
        Assert.Empty(_set.Writes);
        Assert.Contains("latency 2000 is above 800", Row.Sizing!.Reason, StringComparison.Ordinal);

        _cpu = 90;
        await RunAsync(minutes: 90);
        Assert.All(_set.Sizes, size => Assert.Equal(SomeSizes.Big, size));
        Assert.Null(Row.Peak);
    }

    [Fact]
    public async Task A_smaller_size_with_which_requests_become_slow_is_taken_back_and_left_alone()
    {
        _guard.Latency = () => _set.Sizes.Contains(SomeSizes.Small) ? 2000 : 100;
        await RunAsync(minutes: 60);

        Assert.All(_set.Sizes, size => Assert.Equal(SomeSizes.Middle, size));
        Assert.Equal([$"size {SomeSizes.Small} {Count}", "upgrade 0,1", $"size {SomeSizes.Middle} {Count}", "upgrade 0,1"], _set.Writes);
        Assert.Equal("latency 2000 is above 800", Row.Sizes.Of(SomeSizes.Small)!.Why);
    }

    [Fact]
    public async Task A_guard_that_cannot_be_read_takes_nothing_back_and_lets_nothing_go_on()
    {
        _guard.Latency = () => _set.Sizes.Contains(SomeSizes.Small) ? null : 100;
        await RunAsync(minutes: 120);

        Assert.Equal([$"size {SomeSizes.Small} {Count}", "upgrade 0,1"], _set.Writes);
        Assert.Equal("latency cannot be read: 503", Row.RollOut!.Doubt);

        _guard.Latency = () => 100;
        await RunAsync(minutes: 150);
        Assert.All(_set.Sizes, size => Assert.Equal(SomeSizes.Small, size));
        Assert.Null(Row.RollOut);
    }

    [Fact]
    public async Task A_size_is_looked_at_again_in_the_busiest_hour_and_taken_back_when_it_does_not_do()
    {
        await RunAsync(minutes: 100);
        var peak = Row.Peak!;
        Assert.Equal((SomeSizes.Small, TimeSpan.FromHours(1)), (peak.Of.To, peak.To - peak.From));
        Assert.InRange(peak.From, _time.GetUtcNow(), _time.GetUtcNow().AddDays(1));

        _time.SetUtcNow(peak.From.AddMinutes(-5));
        await RunAsync(minutes: 10);
        _guard.Latency = () => _set.Sizes.Contains(SomeSizes.Small) ? 900 : 100;
        await RunAsync(minutes: 60);

        Assert.All(_set.Sizes, size => Assert.Equal(SomeSizes.Middle, size));
        Assert.Equal("in the busiest hour latency 900 is above 800", Row.Sizes.Of(SomeSizes.Small)!.Why);
        Assert.Null(Row.Peak);
        Assert.Single(_set.Writes, $"size {SomeSizes.Middle} {Count}");
    }

    [Fact]
    public async Task A_busiest_hour_in_which_nobody_could_tell_is_waited_for_again_and_one_that_went_well_ends_it()
    {
        await RunAsync(minutes: 100);
        var peak = Row.Peak!;
        var writes = _set.Writes.Count;
        _guard.Latency = () => null;
        _time.SetUtcNow(peak.From);
        await RunAsync(minutes: 75);
        Assert.Equal((peak.From.AddDays(1), 1, "latency cannot be read: 503"), (Row.Peak!.From, Row.Peak.Unseen, Row.Peak.Doubt));

        _guard.Latency = () => 100;
        _time.SetUtcNow(Row.Peak.From);
        await RunAsync(minutes: 75);
        Assert.Null(Row.Peak);
        Assert.Equal(writes, _set.Writes.Count);
        Assert.Contains(await JournalAsync(), entry => entry.Text == $"{SomeSizes.Small}: the guard stayed within its bounds in the busiest hour");
    }

    /// <summary>
    /// Whatever goes wrong in the first three hours, kills of the process included: once nothing does any more, the fleet ends with
    /// all of its instances running, on one size, and never with the one that does it no good.
    /// </summary>
    [Fact]
    public Task Ends_at_the_old_or_the_new_size_and_never_stopped_at_every_failure() => Gen.Select(
            Gen.Int[0, 40].Array[0, 400], Gen.Enum<Flaw>(), Gen.Enum<RollOutMode>())
        .SampleAsync(async (mishaps, flaw, mode) =>
        {
            var test = new Story(mode);
            var isBad = flaw != Flaw.None;
            test.Set.Bad = flaw == Flaw.Unwell ? SomeSizes.Small : null;
            var (call, read) = (0, 0);
            test.Guard.Latency = () => mishaps.Length > 0 && read < 180 && mishaps[read++ % mishaps.Length] < 5 ? null
                : (flaw == Flaw.Slow || (isBad && mode == RollOutMode.ByResource)) && test.Set.Sizes.Contains(SomeSizes.Small) ? 2000 : 100;
            test.Set.Fault = _ => call < mishaps.Length && Enum.IsDefined((Mishap)mishaps[call++]) ? (Mishap)mishaps[call - 1] : Mishap.None;
            await test.RunAsync(minutes: 180);
            test.Set.Fault = _ => Mishap.None;
            await test.RunAsync(minutes: 420);

            Assert.Null(test.Row.Intent);
            Assert.Null(test.Row.RollOut);
            Assert.Single(test.Set.Sizes.Distinct());
            Assert.True(test.Set.AllRun);
            Assert.Equal(Count, test.Set.Sizes.Count);
            Assert.True(test.Set.Sizes[0] == SomeSizes.Middle || (!isBad && test.Set.Sizes[0] == SomeSizes.Small), test.Set.Sizes[0]);
            Assert.True(mode != RollOutMode.ByHand || test.Set.MostDown <= 2, $"{test.Set.MostDown} were down at once");
            Assert.InRange(test.Set.Writes.Count(write => write.StartsWith("size", StringComparison.Ordinal)), 0, 2);
        }, iter: 25);

    private TargetRow Row => _store.Row(Some.Id());

    private Task<IReadOnlyList<JournalEntry>> JournalAsync() =>
        _store.ReadJournalAsync(new JournalQuery(Some.Id().Key, Limit: 1000), TestContext.Current.CancellationToken);

    private Task RunAsync(int minutes, SizeMode mode = SizeMode.Act) => RunAsync(_store, _time, _set, _guard, () => _cpu, minutes, mode);

    private static async Task RunAsync(
        MemoryStateStore store, FakeTimeProvider time, SizedResource set, GuardLog guard, Func<double> cpu, int minutes, SizeMode mode)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            try
            {
                await TickAsync(store, time, set, guard, cpu(), SomeSizes.Policy(mode));
            }
            catch (CrashException)
            {
                // The process is gone; the next minute another one goes on with what is stored.
            }
        }
    }

    private static async Task TickAsync(
        MemoryStateStore store, FakeTimeProvider time, SizedResource set, GuardLog guard, double cpu, VerticalScalingPolicy policy)
    {
        guard.Pass(time.GetUtcNow());
        var (rows, ports, options) = (new RowStore(store), new SizedPorts(set, time, cpu, guard.At), new CycleOptions { Worker = "worker-1", ModeCeiling = PolicyMode.Act });
        var policies = Some.Policies(Some.Horizontal(minimum: Count, maximum: Count)) with { VerticalScaling = [policy] };
        await new ScalingCycle(
            rows, new PredictiveSchedules(new MemoryDocumentStore()), ports, ports, new ActionRunner(rows, [set], options, time), options, time,
            preflight: new PreflightSources(ports, ports, ports)).RunAsync(policies, TestContext.Current.CancellationToken);
    }

    /// <summary>What is wrong with the small size.</summary>
    public enum Flaw
    {
        None,

        /// <summary>Instances are not well with it.</summary>
        Unwell,

        /// <summary>They are well, and slow.</summary>
        Slow,
    }

    /// <summary>What a guard would have read, minute by minute; 100 ms before anybody looked.</summary>
    private sealed class GuardLog
    {
        private readonly Dictionary<DateTimeOffset, double?> _minutes = [];

        /// <summary>Of the next minute; nothing: it cannot be read.</summary>
        public Func<double?> Latency { get; set; } = () => 100;

        public void Pass(DateTimeOffset now) => _minutes[now] = Latency();

        public double? At(DateTimeOffset at) => _minutes.TryGetValue(at, out var latency) ? latency : 100;
    }

    /// <summary>One run of a property.</summary>
    private sealed class Story
    {
        private readonly MemoryStateStore _store = new();
        private readonly FakeTimeProvider _time = new(Some.Noon);

        public Story(RollOutMode mode) => Set = new SizedResource(_time, Count) { Mode = mode, TellsNoHealth = mode == RollOutMode.ByResource };

        public SizedResource Set { get; }

        public GuardLog Guard { get; } = new();

        public TargetRow Row => _store.Row(Some.Id());

        public Task RunAsync(int minutes) => SizedCycleTests.RunAsync(_store, _time, Set, Guard, () => 10, minutes, SizeMode.Act);
    }
}
