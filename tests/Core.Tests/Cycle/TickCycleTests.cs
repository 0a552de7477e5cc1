using System.Globalization;
using System.Text;
using ScaleFunctions.Core.Checks;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Cycle;

public sealed class TickCycleTests
{
    public static MatrixTheoryData<int, EstateFault> Faults { get; } = new([.. Enumerable.Range(1, 15)], Enum.GetValues<EstateFault>());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tick_is_named_for_its_minute_and_says_how_many_batches_it_sent()
    {
        var estate = new Estate(Estate.Targets(3));

        var header = await estate.Worker.TickAsync();

        Assert.Equal(new TickHeader("202603021200", Some.Noon, 1), header);
        Assert.Equal(header, await estate.Worker.Ledger.LatestAsync(Cancellation));
        Assert.Equal(Some.Noon, (await estate.Store.ReadFleetAsync(Cancellation)).LastTickAt);
    }

    [Fact]
    public async Task A_second_tick_in_the_same_minute_does_nothing()
    {
        var estate = new Estate(Estate.Targets(3));
        await estate.Worker.TickAsync();
        estate.Time.Advance(TimeSpan.FromSeconds(59));
        var documents = estate.Documents.All;

        Assert.Null(await estate.Worker.TickAsync());
        Assert.Single(estate.Queue.Messages);
        Assert.Equal(documents, estate.Documents.All);
    }

    [Fact]
    public async Task An_operation_of_somebody_else_that_keeps_a_change_waiting_for_an_hour_is_told_once()
    {
        var estate = new Estate([Estate.Target("a")]);
        estate.Set("a").Load = 400;
        var alerts = new List<string>();
        for (var minute = 0; minute < 80; minute++)
        {
            estate.Set("a").OperateFromOutside();
            alerts.AddRange((await estate.Worker.TickAsync())!.Alerts);
            foreach (var request in estate.Queue.TakeEvaluations())
            {
                await estate.Worker.EvaluateAsync(request);
            }

            estate.Pass();
        }

        Assert.StartsWith("an operation that is not ours runs on a since 2026-03-02 12:00:00Z", Assert.Single(alerts), StringComparison.Ordinal);
        Assert.Empty(estate.Writes);
        Assert.Contains("an operation on the resource is running, since 12:00 at the latest", estate.Row("a").Spans[^1].Reason, StringComparison.Ordinal);
    }

    /// <summary>A batch that takes longer than a tick writes what it found after the next one has looked: the one after that tells it.</summary>
    [Fact]
    public async Task What_a_slow_batch_has_found_is_told_by_the_tick_after_its_write()
    {
        var estate = new Estate([Estate.Target("a")]);
        estate.Set("a").Load = 400;
        var alerts = new List<string>();
        for (var minute = 0; minute < 65; minute++)
        {
            estate.Set("a").OperateFromOutside();
            alerts.AddRange((await estate.Worker.TickAsync())!.Alerts);
            estate.WhileMeasuring = minute == 60 ? NextAsync : null;
            foreach (var request in estate.Queue.TakeEvaluations())
            {
                await estate.Worker.EvaluateAsync(request);
            }

            estate.Pass();
        }

        Assert.StartsWith("an operation that is not ours runs on a since", Assert.Single(alerts), StringComparison.Ordinal);

        async Task NextAsync()
        {
            estate.WhileMeasuring = null;
            estate.Pass();
            estate.Set("a").OperateFromOutside();
            alerts.AddRange((await estate.Worker.TickAsync())!.Alerts);
        }
    }

    [Fact]
    public void Of_ticks_that_race_one_begins_and_sends()
    {
        for (var schedule = 0u; schedule < 500; schedule++)
        {
            var estate = new Estate(Estate.Targets(3));
            var began = 0;

            estate.Together(schedule * 7_919, Race, Race, Race);

            Assert.Equal(1, began);
            Assert.Single(estate.Queue.Messages);

            async Task Race()
            {
                var header = await estate.Hire().TickAsync().ConfigureAwait(false);
                began += header is null ? 0 : 1;
            }
        }
    }

    [Fact]
    public async Task A_batch_is_of_one_subscription_region_and_type()
    {
        var estate = new Estate([
            Estate.Target("a"), Estate.Target("b", subscription: "S-1", region: "WestEurope"), Estate.Target("c", region: "northeurope"),
            Estate.Target("d", subscription: "s-2")]);

        await estate.Worker.TickAsync();

        Assert.Equal(
            ["c", "a b", "d"],
            estate.Queue.Evaluations.Select(request => string.Join(' ', request.Targets.Select(target => target.Id.Name))));
        Assert.Equal([0, 1, 2], estate.Queue.Evaluations.Select(request => request.Batch));
    }

    [Theory, InlineData(50, 1), InlineData(51, 2), InlineData(101, 3)]
    public async Task A_batch_has_50_targets_at_most(int targets, int batches)
    {
        var estate = new Estate(Estate.Targets(targets));

        Assert.Equal(batches, (await estate.Worker.TickAsync())!.Batches);
        Assert.Equal(Estate.Targets(targets).Select(target => target.Id), estate.Queue.Evaluations.SelectMany(request => request.Targets).Select(target => target.Id));
        Assert.All(estate.Queue.Evaluations, request => Assert.InRange(request.Targets.Count, 1, 50));
    }

    [Fact]
    public async Task Fifty_targets_with_ordinary_tags_fit_one_message()
    {
        var tags = Enumerable.Range(0, 6).ToDictionary(tag => $"cost-centre-{tag}", tag => $"department {tag} of the shop");
        var estate = new Estate(Estate.Targets(50).Select(target => target with { Tags = new TargetTags.Known(tags) }));

        Assert.Equal(1, (await estate.Worker.TickAsync())!.Batches);
    }

    /// <summary>Azure allows 50 tags with names of 512 and values of 256 characters, and a character may take six in JSON.</summary>
    [Theory]
    [InlineData(50, 256, 'x'), InlineData(50, 512, 'x'), InlineData(50, 512, '界'), InlineData(10, 256, '"'), InlineData(1, 512, '→')]
    public async Task No_message_is_larger_than_a_queue_takes_however_long_ids_and_tags_are(int tags, int length, char letter)
    {
        var known = new TargetTags.Known(Enumerable.Range(0, tags).ToDictionary(
            tag => tag.ToString(CultureInfo.InvariantCulture).PadLeft(length, letter), _ => new string(letter, 256)));
        var name = new string('n', 1_500);
        var estate = new Estate(
            Enumerable.Range(0, 50).Select(number => Estate.Target($"{name}-{number}", capacity: 8) with { Tags = known })
                .Append(Estate.Target("z-plain", capacity: 8)));
        await estate.MinuteAsync();
        foreach (var set in estate.Sets)
        {
            set.Value.Load = 60;
            await estate.Worker.Marks.TakeAsync(set.Key.Key, set.Key, new ResourceMark(estate.Now, new string('界', 5_000)), estate.Now, Cancellation);
        }

        for (var minute = 0; minute < 3; minute++)
        {
            var reports = await estate.MinuteAsync();
            Assert.Equal(51, reports.Sum(report => report.Decisions));
        }

        await estate.Worker.TickAsync();
        Assert.All(estate.Queue.Messages, message => Assert.InRange(Encoding.UTF8.GetByteCount(message.Body), 1, WorkMessage.MaximumBytes));
    }

    [Fact]
    public async Task A_target_whose_tags_fit_no_message_counts_as_one_without_known_tags()
    {
        var huge = new TargetTags.Known(Enumerable.Range(0, 50).ToDictionary(tag => $"{tag}".PadLeft(512, '界'), _ => new string('界', 256)));
        var estate = new Estate([Estate.Target("a") with { Tags = huge }, Estate.Target("b")]);

        await estate.Worker.TickAsync();

        var targets = Assert.Single(estate.Queue.Evaluations).Targets;
        Assert.IsType<TargetTags.Unknown>(targets[0].Tags);
        Assert.IsType<TargetTags.Known>(targets[1].Tags);
    }

    [Fact]
    public async Task Why_the_inventory_is_incomplete_is_cut_to_what_a_message_holds()
    {
        var estate = new Estate(Estate.Targets(50)) { InventoryFault = new string('x', 200_000) };

        Assert.Equal(1, (await estate.Worker.TickAsync())!.Batches);
        Assert.StartsWith("xxx", Assert.Single(estate.Queue.Evaluations).InventoryDoubt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_the_inventory_lists_twice_is_evaluated_once()
    {
        var estate = new Estate(Estate.Targets(2, capacity: 8));
        estate.Listed = [.. estate.Sets.Keys, .. estate.Sets.Keys];
        await estate.MinuteAsync();
        foreach (var set in estate.Sets.Values)
        {
            set.Load = 60;
        }

        for (var minute = 0; minute < 2; minute++)
        {
            Assert.Equal(2, (await estate.MinuteAsync()).Sum(report => report.Decisions));
        }
    }

    [Fact]
    public async Task A_target_no_workload_selects_is_in_no_batch()
    {
        var estate = new Estate(Estate.Targets(2));
        estate.Policies = estate.Policies with { Workloads = [estate.Policies.Workloads[0] with { Select = new TargetSelector() }] };

        Assert.Equal(0, (await estate.Worker.TickAsync())!.Batches);
        Assert.Empty(estate.Queue.Messages);
    }

    [Fact]
    public async Task A_target_two_workloads_claim_is_reported_and_not_evaluated()
    {
        var estate = new Estate(Estate.Targets(1));
        var workload = estate.Policies.Workloads[0];
        estate.Policies = estate.Policies with { Workloads = [workload, workload with { Name = "other" }] };

        var report = Assert.Single(await estate.MinuteAsync());

        Assert.Equal((0, ReportKind.Error), (report.Decisions, Assert.Single(report.Targets).Kind));
        Assert.Contains("selected by 2 workloads", report.Targets[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_action_on_a_target_no_batch_contains_is_looked_after_every_minute()
    {
        var estate = new Estate([Estate.Target("a"), Estate.Target("b")]);
        estate.Set("a").Load = 600;
        await estate.Worker.TickAsync();
        await estate.Worker.EvaluateAsync(estate.Queue.TakeEvaluations().Single());
        estate.Queue.Messages.Clear();
        estate.Listed = [Estate.Target("b").Id];
        estate.Pass();

        await estate.Worker.TickAsync();

        Assert.Equal([Estate.Target("a").Id], estate.Queue.Verifications.Select(request => request.Target));
        await estate.Worker.VerifyAsync(estate.Queue.TakeVerifications().Single().Target);
        Assert.Null(estate.Row("a").Intent);
        Assert.Equal(7, estate.Row("a").LastKnownCapacity);
    }

    [Fact]
    public async Task A_size_that_is_on_its_way_on_a_target_no_batch_contains_is_looked_after_every_minute()
    {
        var estate = new Estate([Estate.Target("a"), Estate.Target("b"), Estate.Target("c"), Estate.Target("d"), Estate.Target("e")]) { Listed = [] };
        var (rows, rollOut) = (new RowStore(estate.Store), new RollOut(1, SomeSizes.Middle, SomeSizes.Small, RollOutTerms.Default, 0, estate.Now));
        await rows.WriteAsync(new TargetRow { Target = Estate.Target("a").Id, RollOut = rollOut }, Cancellation);
        await rows.WriteAsync(new TargetRow { Target = Estate.Target("b").Id, Restage = OnItsWay(estate.Now) }, Cancellation);
        await rows.WriteAsync(new TargetRow { Target = Estate.Target("c").Id, Peak = new PeakLook(rollOut, estate.Now, estate.Now.AddHours(1)) }, Cancellation);
        await rows.WriteAsync(new TargetRow { Target = Estate.Target("d").Id, Peak = new PeakLook(rollOut, estate.Now.AddHours(1), estate.Now.AddHours(2)) }, Cancellation);
        await rows.WriteAsync(new TargetRow { Target = Estate.Target("e").Id }, Cancellation);

        await estate.Worker.TickAsync();

        Assert.Equal(["a", "b", "c"], estate.Queue.Verifications.Select(request => request.Target.Name).Order());
    }

    [Fact]
    public async Task A_machine_that_stays_stopped_for_a_size_is_told_loudly()
    {
        var estate = new Estate(Estate.Targets(1));
        var rows = new RowStore(estate.Store);
        await rows.WriteAsync(new TargetRow { Target = Estate.Target("db").Id, Restage = OnItsWay(estate.Now) with { WasDown = true } }, Cancellation);
        Assert.Empty((await estate.Worker.TickAsync())!.Alerts);

        estate.Pass();
        await rows.ChangeFleetAsync(row => row with { KillSwitch = new KillSwitch(true, "anna", "incident", estate.Now) }, Cancellation);
        Assert.Equal(
            $"db is stopped since 2026-03-02 12:00 on its way to {SomeSizes.Small}, and stays so: the kill switch is set by anna: incident. Lift it, or start the machine by hand",
            Assert.Single((await estate.Worker.TickAsync())!.Alerts));

        estate.Pass();
        await rows.ChangeFleetAsync(row => row with { KillSwitch = KillSwitch.NeverSet }, Cancellation);
        Assert.Empty((await estate.Worker.TickAsync())!.Alerts);
        estate.Time.Advance(TimeSpan.FromMinutes(20));
        Assert.Contains("is stopped since 2026-03-02 12:00", Assert.Single((await estate.Worker.TickAsync())!.Alerts), StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_that_stays_stopped_because_the_installation_observes_is_told_so()
    {
        var row = new TargetRow { Target = Estate.Target("db").Id, Restage = OnItsWay(Some.Noon) with { WasDown = true } };

        Assert.EndsWith(
            "and stays so: this installation only observes. Lift it, or start the machine by hand",
            StoppedMachines.Alert(row, KillSwitch.NeverSet, PolicyMode.Observe, Some.At(20)), StringComparison.Ordinal);
        Assert.EndsWith("It is tried again; please look", StoppedMachines.Alert(row, KillSwitch.NeverSet, PolicyMode.Act, Some.At(20)), StringComparison.Ordinal);
    }

    private static Restage OnItsWay(DateTimeOffset now) => new(1, SomeSizes.Middle, SomeSizes.Small, RollOutTerms.Default, 0, now);

    [Fact]
    public async Task A_tick_that_was_slow_to_list_does_not_close_the_ledger_another_one_closed()
    {
        var estate = new Estate(Estate.Targets(1));
        await estate.MinuteAsync();
        var isListed = new TaskCompletionSource();
        estate.WhileListing = () => isListed.Task;
        var earlier = estate.Hire().TickAsync();
        estate.Pass();
        estate.WhileListing = async () =>
        {
            isListed.SetResult();
            Assert.NotNull(await earlier);
        };

        Assert.Null(await estate.Worker.TickAsync());
        Assert.Equal(["202603021201"], estate.Queue.Evaluations.Select(request => request.TickId));
    }

    /// <summary>A tick that fails at a call begins at most once, and the next one does what it left undone.</summary>
    [Theory, MemberData(nameof(Faults))]
    public async Task A_fault_at_any_call_costs_one_minute_at_most(int call, EstateFault fault)
    {
        var estate = new Estate([Estate.Target("a"), Estate.Target("b"), Estate.Target("c", region: "northeurope")]);
        await estate.MinuteAsync();
        estate.Set("a").Load = 1_000;
        estate.Set("b").ChangeFromOutside();
        await estate.Worker.Marks.TakeAsync("1", Estate.Target("b").Id, new ResourceMark(estate.Now, "somebody was here"), estate.Now, Cancellation);
        estate.Fault = (estate.Calls + call, fault);
        try
        {
            await estate.Worker.TickAsync();
        }
        catch (Exception exception) when (exception is StateStoreException or WorkQueueException or CrashException)
        {
            estate.Fault = null;
        }

        await estate.Worker.TickAsync();
        foreach (var request in estate.Queue.TakeEvaluations())
        {
            await estate.Worker.EvaluateAsync(request);
        }

        estate.Fault = null;
        estate.Pass();
        await estate.MinuteAsync();

        Assert.Equal(7, estate.Set("a").Capacity);
        Assert.Contains(estate.Store.Chain(Estate.Target("b").Id), entry => entry.Text.EndsWith("it was not us: somebody was here", StringComparison.Ordinal));
        Assert.Empty(await estate.Worker.Marks.ReadAsync(Cancellation));
        Assert.Equal(2, (await estate.Worker.Ledger.LatestAsync(Cancellation))!.Batches);
    }
}
