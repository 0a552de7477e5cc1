using CsCheck;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;
using Mishap = ScaleFunctions.Core.Tests.World.SizedResource.Mishap;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>Ten instances of the middle size of which something was found at noon, minute by minute from 21:00 on.</summary>
public sealed class RightsizedCycleTests
{
    private const int Count = 10;

    private readonly Story _story = new();

    /// <summary>Nothing happens before the window, and all of it by the roll-out that VerticalScaling has.</summary>
    [Fact]
    public async Task A_finding_is_carried_out_at_night_and_the_journal_tells_which()
    {
        await _story.FindAsync(SomeFinding.Kept());
        await _story.RunAsync(minutes: 59);
        Assert.Empty(_story.Set.Writes);
        Assert.Contains("held: ", _story.Row.Sizing!.Reason, StringComparison.Ordinal);
        Assert.Contains("finding rs-", _story.Row.Sizing.Reason, StringComparison.Ordinal);

        await _story.RunAsync(minutes: 90);

        Assert.Equal([$"size {SomeSizes.Small} {Count}", "upgrade 0,1", "upgrade 2,3", "upgrade 4,5", "upgrade 6,7", "upgrade 8,9"], _story.Set.Writes);
        Assert.All(_story.Set.Sizes, size => Assert.Equal(SomeSizes.Small, size));
        Assert.Null(_story.Row.RollOut);
        var opened = Assert.Single(await _story.JournalAsync(), entry => entry.Kind == JournalKind.IntentOpened && entry.Text.StartsWith(SomeSizes.Middle, StringComparison.Ordinal));
        Assert.Contains($"{SomeSizes.Middle} → {SomeSizes.Small}: rightsizing, finding {_story.Id} of 2026-03-02 12:00: 10 × {SomeSizes.Middle} should be 10 × {SomeSizes.Small}, which saves 500 to 839.5 USD a month", opened.Text, StringComparison.Ordinal);
        Assert.Contains("it has been carried out", _story.Row.Sizing!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_does_the_instances_no_good_is_taken_back()
    {
        await _story.FindAsync(SomeFinding.Kept());
        _story.Set.Bad = SomeSizes.Small;
        await _story.RunAsync(minutes: 180);

        Assert.All(_story.Set.Sizes, size => Assert.Equal(SomeSizes.Middle, size));
        Assert.Equal(4, _story.Set.Writes.Count);
        Assert.Contains("did not do", _story.Row.Sizing!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_instances_of_a_smaller_size_come_first_and_the_size_after_them()
    {
        await _story.FindAsync(SomeFinding.Kept(toInstances: 14));
        await _story.RunAsync(minutes: 240);

        Assert.Equal(["count 14", $"size {SomeSizes.Small} 14"], _story.Set.Writes.Where(write => !write.StartsWith("upgrade", StringComparison.Ordinal)));
        Assert.Equal(14, _story.Set.Sizes.Count(size => size == SomeSizes.Small));
        Assert.Contains(await _story.JournalAsync(), entry => entry.Kind == JournalKind.IntentOpened && entry.Text.Contains($"rightsizing, finding {_story.Id}: 14 instances would do in place of 10", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fewer_instances_of_a_bigger_size_go_when_all_of_them_have_it()
    {
        await _story.FindAsync(SomeFinding.Kept(SomeSizes.Big, 6));
        await _story.RunAsync(minutes: 240);

        Assert.Equal(Enumerable.Repeat(SomeSizes.Big, 6), _story.Set.Sizes);
        Assert.Equal($"size {SomeSizes.Big} 10", _story.Set.Writes[0]);
        Assert.Equal("count 6", _story.Set.Writes[^1]);
    }

    [Fact]
    public async Task Fewer_of_the_same_size_are_a_lowering_like_any_other()
    {
        await _story.FindAsync(SomeFinding.Kept(SomeSizes.Middle, 7) with { PriceThen = new Money(0.23m, "USD") });
        await _story.RunAsync(minutes: 120);

        Assert.Equal(7, _story.Set.Sizes.Count);
        Assert.All(_story.Set.Writes, write => Assert.StartsWith("count ", write, StringComparison.Ordinal));
    }

    /// <summary>What nobody can tell the health of gets no other size; so nothing is added for it either.</summary>
    [Fact]
    public async Task No_instances_are_added_for_a_size_that_is_held()
    {
        await _story.FindAsync(SomeFinding.Kept(toInstances: 14));
        _story.Set.Fault = call => call == "read-size" ? Mishap.Unreadable : Mishap.None;
        await _story.RunAsync(minutes: 120);

        Assert.Empty(_story.Set.Writes);
    }

    [Fact]
    public async Task Where_VerticalScaling_covers_it_rightsizing_only_recommends()
    {
        await _story.FindAsync(SomeFinding.Kept());
        _story.Policies = _story.Policies with { VerticalScaling = [SomeSizes.Policy(SizeMode.Recommend)] };
        await _story.RunAsync(minutes: 120);

        Assert.Empty(_story.Set.Writes);
        Assert.DoesNotContain("finding", _story.Row.Sizing!.Reason, StringComparison.Ordinal);
        Assert.Equal(
            "VerticalScaling 'vertical' changes the size, and two would pull at it",
            RightsizingPolicies.WhyNotActed(_story.Policies.For(Some.Target()), _story.Policies.ResourceRightsizing[0]));
    }

    /// <summary>As with VerticalScaling: what nothing could tell to be too small afterwards is not changed by itself.</summary>
    [Fact]
    public async Task Without_a_guard_it_only_recommends()
    {
        await _story.FindAsync(SomeFinding.Kept());
        _story.Policies = _story.Policies with { ResourceRightsizing = [_story.Policies.ResourceRightsizing[0] with { Guard = null }] };
        await _story.RunAsync(minutes: 120);

        Assert.Empty(_story.Set.Writes);
        Assert.StartsWith(
            "the policy has no 'guard'",
            RightsizingPolicies.WhyNotActed(_story.Policies.For(Some.Target()), _story.Policies.ResourceRightsizing[0]), StringComparison.Ordinal);
    }

    /// <summary>Instances that are well and slow: the guard is looked at after each batch, as it is of VerticalScaling.</summary>
    [Fact]
    public async Task One_that_makes_requests_slow_is_taken_back()
    {
        await _story.FindAsync(SomeFinding.Kept());
        _story.Latency = () => _story.Set.Sizes.Contains(SomeSizes.Small) ? 2000 : 100;
        await _story.RunAsync(minutes: 240);

        Assert.All(_story.Set.Sizes, size => Assert.Equal(SomeSizes.Middle, size));
        Assert.Contains("upgrade 0,1", _story.Set.Writes);
        Assert.Contains("did not do", _story.Row.Sizing!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_recommended_only_changes_nothing()
    {
        await _story.FindAsync(SomeFinding.Kept());
        _story.Policies = _story.Policies with { ResourceRightsizing = [_story.Policies.ResourceRightsizing[0] with { Mode = SizeMode.Recommend }] };
        await _story.RunAsync(minutes: 120);

        Assert.Empty(_story.Set.Writes);
        Assert.Null(_story.Row.Sizing);
    }

    [Fact]
    public async Task The_kill_switch_holds_it()
    {
        await _story.FindAsync(SomeFinding.Kept());
        await new RowStore(_story.Store).ChangeFleetAsync(row => row.SetKillSwitch(true, "anna", "incident", Some.Noon), TestContext.Current.CancellationToken);
        await _story.RunAsync(minutes: 120);

        Assert.Empty(_story.Set.Writes);
    }

    /// <summary>
    /// Whatever goes wrong in the first hours of the night, kills of the process included: once nothing does any more, the fleet
    /// runs on one size, never with one that does it no good, and never with fewer cores than the lesser end has.
    /// </summary>
    [Fact]
    public Task Ends_at_one_end_of_the_finding_at_every_failure() => Gen.Select(
            Gen.Int[0, 40].Array[0, 400], Gen.Bool, Gen.Int[0, 2].Select(which => ((string, int)[])[(SomeSizes.Small, 10), (SomeSizes.Small, 14), (SomeSizes.Big, 6)] is var ends ? ends[which] : default))
        .SampleAsync(async (mishaps, isBad, to) =>
        {
            var story = new Story();
            await story.FindAsync(SomeFinding.Kept(to.Item1, to.Item2));
            story.Set.Bad = isBad ? to.Item1 : null;
            var call = 0;
            await story.RunAsync(minutes: 60);
            story.Set.Fault = _ => call < mishaps.Length && Enum.IsDefined((Mishap)mishaps[call++]) ? (Mishap)mishaps[call - 1] : Mishap.None;
            await story.RunAsync(minutes: 180);
            story.Set.Fault = _ => Mishap.None;
            await story.RunAsync(minutes: 420);

            Assert.Null(story.Row.Intent);
            Assert.Null(story.Row.RollOut);
            Assert.True(story.Set.AllRun);
            var size = Assert.Single(story.Set.Sizes.Distinct());
            var end = (size, story.Set.Sizes.Count);
            Assert.True(end == (SomeSizes.Middle, Count) || (!isBad && end == to), $"{end.Item2} × {end.size}");
        }, iter: 25);

    /// <summary>One run.</summary>
    private sealed class Story
    {
        private static readonly SizeWindow Night = new(new ZonedWindow(new TimeWindow.Weekly([.. Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None)], new LocalTime(22, 0), new LocalTime(10, 0)) { Text = "22:00-10:00" }, DateTimeZone.Utc), HoldsUp: true);

        private readonly FakeTimeProvider _time = new(Some.Noon.AddHours(9));
        private readonly MemoryDocumentStore _documents = new();
        private readonly Dictionary<DateTimeOffset, double> _latencies = [];

        public Story() => Set = new SizedResource(_time, Count);

        public MemoryStateStore Store { get; } = new();

        public SizedResource Set { get; }

        public string Id { get; private set; } = "";

        /// <summary>What the guard reads, in ms, of the minute that begins.</summary>
        public Func<double> Latency { get; set; } = () => 100;

        public PolicySet Policies { get; set; } = Some.Policies(Some.Horizontal(minimum: 2, maximum: 20)) with
        {
            LoadBasedScaling = [],
            ResourceRightsizing = [SomeFinding.Policy(window: Night)],
        };

        public TargetRow Row => Store.Row(Some.Id());

        public Task<IReadOnlyList<JournalEntry>> JournalAsync() =>
            Store.ReadJournalAsync(new JournalQuery(Some.Id().Key, Limit: 1000), TestContext.Current.CancellationToken);

        /// <summary>Keeps a finding as the daily look does.</summary>
        public async Task FindAsync(KeptFinding finding)
        {
            Id = finding.Id;
            await new RightsizingFindings(_documents).WriteAsync(Some.Id(), SomeFinding.Record(finding), TestContext.Current.CancellationToken);
        }

        public async Task RunAsync(int minutes)
        {
            for (var minute = 0; minute < minutes; minute++)
            {
                _time.Advance(TimeSpan.FromMinutes(1));
                try
                {
                    await TickAsync();
                }
                catch (CrashException)
                {
                    // The process is gone; the next minute another one goes on with what is stored.
                }
            }
        }

        private async Task TickAsync()
        {
            _latencies[_time.GetUtcNow()] = Latency();
            var (rows, ports, options) = (new RowStore(Store), new SizedPorts(Set, _time, 10, at => _latencies.GetValueOrDefault(at, 100)), new CycleOptions { Worker = "worker-1", ModeCeiling = PolicyMode.Act });
            await new ScalingCycle(
                rows, new PredictiveSchedules(new MemoryDocumentStore()), ports, ports, new ActionRunner(rows, [Set], options, _time), options, _time,
                preflight: new PreflightSources(ports, ports, ports), findings: new FindingSource(new RightsizingFindings(_documents), new FixedPrices()))
                .RunAsync(Policies, TestContext.Current.CancellationToken);
        }
    }
}
