using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Cycle;

public sealed class BatchCycleTests
{
    public static MatrixTheoryData<int, EstateFault> Faults { get; } = new([.. Enumerable.Range(1, 24)], Enum.GetValues<EstateFault>());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_raise_acts_at_once_and_is_looked_at_later()
    {
        var estate = new Estate([Estate.Target("a")]);
        estate.Set("a").Load = 400;

        await estate.Worker.TickAsync();
        var report = await estate.Worker.EvaluateAsync(estate.Queue.TakeEvaluations().Single());

        Assert.Equal((1, 7), (report!.Writes, estate.Set("a").Capacity));
        var message = Assert.Single(estate.Queue.Messages);
        Assert.Equal((WorkKind.Verify, TimeSpan.FromSeconds(90)), (message.Kind, message.VisibleAfter));
    }

    [Fact]
    public async Task A_lowering_is_proposed_by_one_tick_and_carried_out_by_the_next()
    {
        var estate = await FallenAsync("a");

        var proposed = Assert.Single((await estate.MinuteAsync()).Single().Targets);
        Assert.Equal((ReportKind.Held, 8), (proposed.Kind, estate.Set("a").Capacity));
        Assert.EndsWith("proposed; lowerings are carried out together, with the next tick", proposed.Text, StringComparison.Ordinal);

        Assert.Equal(ReportKind.ScaledIn, Assert.Single((await estate.MinuteAsync()).Single().Targets).Kind);
        Assert.Equal(6, estate.Set("a").Capacity);
    }

    [Fact]
    public async Task A_lowering_is_carried_out_only_when_it_is_decided_again()
    {
        var estate = await FallenAsync("a");
        await estate.MinuteAsync();
        estate.Set("a").Load = 480;

        await estate.MinuteAsync();

        Assert.Empty(estate.Writes);
    }

    [Fact]
    public async Task What_was_never_changed_by_us_is_lowered_once_two_looks_agree_on_how_many_there_are()
    {
        var estate = new Estate([Estate.Target("a", capacity: 8)]);
        estate.Set("a").Load = 320;

        Assert.EndsWith(
            "8 instances were seen here for the first time; lowered once a second look, a tick later, agrees",
            Assert.Single((await PermittedAsync())!.Targets).Text, StringComparison.Ordinal);
        Assert.Empty(estate.Writes);

        estate.Pass();
        await PermittedAsync();
        Assert.Equal((8, 6), (Assert.Single(estate.Writes).From, estate.Set("a").Capacity));

        // A permit that comes with the first look is of a tick before a restore, or of a store that lost the row.
        async Task<TickReport?> PermittedAsync()
        {
            await estate.Worker.TickAsync();
            return await estate.Worker.EvaluateAsync(estate.Queue.TakeEvaluations().Single() with
            {
                Verdicts = new Dictionary<string, string> { [Estate.Target("a").Id.Key] = "" },
            });
        }
    }

    [Fact]
    public async Task A_permit_is_for_one_tick()
    {
        var estate = await FallenAsync("a");
        await estate.MinuteAsync();
        estate.Set("a").Load = 480;
        await estate.MinuteAsync();
        estate.Set("a").Load = 320;

        await estate.MinuteAsync();
        Assert.Empty(estate.Writes);

        await estate.MinuteAsync();
        Assert.Single(estate.Writes);
    }

    [Fact]
    public async Task A_refused_lowering_says_why_in_its_decision()
    {
        var estate = await FallenAsync("a", "b");
        await estate.MinuteAsync();
        await estate.MinuteAsync();

        Assert.Equal((6, 8), (estate.Set("a").Capacity, estate.Set("b").Capacity));
        var span = estate.Row("b").Spans[^1];
        Assert.Equal(6, span.Desired);
        Assert.EndsWith("; 1 of 2 targets in the fleet may be lowered in a tick; it waits for its turn", span.Reason, StringComparison.Ordinal);

        await estate.MinuteAsync();
        Assert.Equal(6, estate.Set("b").Capacity);
    }

    [Fact]
    public async Task A_batch_that_does_not_report_stops_every_lowering_and_no_raise()
    {
        var estate = await FallenAsync("a", "z-north");
        await estate.Worker.TickAsync();
        var batches = estate.Queue.TakeEvaluations();
        Assert.Equal(2, batches.Count);
        await estate.Worker.EvaluateAsync(batches.Single(batch => batch.Targets[0].Id.Name == "a"));
        estate.Pass();
        estate.Set("z-north").Load = 600;

        await estate.MinuteAsync();

        Assert.Equal(Estate.Target("z-north").Id, Assert.Single(estate.Writes).Target);
        Assert.EndsWith("only 1 of 2 batches of the last tick reported, so nothing is lowered", estate.Row("a").Spans[^1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mass_of_sudden_drops_is_not_made_until_a_person_approves()
    {
        var estate = new Estate(Estate.Targets(20, capacity: 8));
        await QuietAsync(estate, minutes: 45);
        foreach (var set in estate.Sets.Values)
        {
            set.Load = 60;
        }

        await QuietAsync(estate, minutes: 10);
        Assert.Empty(estate.Writes);
        Assert.Contains("a person has to approve", estate.Row("web-0000").Spans[^1].Reason, StringComparison.Ordinal);

        await new RowStore(estate.Store).ChangeFleetAsync(
            fleet => fleet.Approve(new LoweringApproval("ann", "the sale is over", estate.Now.AddMinutes(1.5)), estate.Now), Cancellation);
        await QuietAsync(estate, minutes: 4);
        Assert.Equal(4, estate.Writes.Count);
    }

    [Fact]
    public async Task Sudden_drops_one_after_the_other_are_made_up_to_the_share_of_an_hour_and_then_a_person_is_asked()
    {
        var estate = new Estate(Estate.Targets(20, capacity: 8));
        await QuietAsync(estate, minutes: 45);
        for (var number = 0; number < 7; number++)
        {
            estate.Set($"web-{number:d4}").Load = 60;
            await QuietAsync(estate, minutes: 2);
        }

        // Of 160 instances 48 may be lowered; each drop takes 7.
        Assert.Equal(6, estate.Writes.Count(write => write.IsLowering));
        Assert.Contains("42 of 160 instances in the fleet were lowered unexpectedly within the last hour, 7 more would be beyond the 48 that may be; a person has to approve", estate.Row("web-0006").Spans[^1].Reason, StringComparison.Ordinal);
        var asked = (await estate.Store.ReadFleetAsync(Cancellation)).Approvals;
        Assert.Contains(asked, request => request.What.Contains("web-0006 8 → 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_judged_as_expected_is_not_carried_out_when_it_has_become_more_and_unexpected()
    {
        var estate = new Estate([Estate.Target("a", capacity: 8)]);
        await QuietAsync(estate, minutes: 2);
        estate.Set("a").Load = 240;
        await estate.MinuteAsync();
        estate.Set("a").Load = 60;

        Assert.EndsWith(
            "it goes further than what was judged, and unexpectedly; proposed anew", Assert.Single((await estate.MinuteAsync()).Single().Targets).Text, StringComparison.Ordinal);
        await estate.MinuteAsync();
        Assert.Equal(1, Assert.Single(estate.Writes).Goal);
    }

    [Fact]
    public async Task What_guardrails_say_of_an_hour_holds_in_place_of_the_usual()
    {
        var estate = new Estate(Estate.Targets(20, capacity: 8));
        estate.Policies = estate.Policies with
        {
            Guardrails = [new GuardrailsPolicy { Name = "platform", MaxLoweredPercentPerHour = 10, Source = Some.Source }],
        };
        await QuietAsync(estate, minutes: 45);
        for (var number = 0; number < 6; number++)
        {
            estate.Set($"web-{number:d4}").Load = 60;
            await QuietAsync(estate, minutes: 2);
        }

        Assert.Equal(2, estate.Writes.Count(write => write.IsLowering));
    }

    [Fact]
    public async Task What_was_wanted_before_we_looked_counts_as_what_there_was()
    {
        var estate = new Estate(Estate.Targets(20, capacity: 8));
        foreach (var set in estate.Sets.Values)
        {
            set.Load = 60;
        }

        await QuietAsync(estate, minutes: 10);

        Assert.Empty(estate.Writes);
    }

    [Fact]
    public async Task A_gradual_fall_is_lowered_a_few_at_a_time_without_asking()
    {
        var estate = new Estate(Estate.Targets(20, capacity: 8));
        for (var load = 480; load > 300; load -= 5)
        {
            foreach (var set in estate.Sets.Values)
            {
                set.Load = load;
            }

            await estate.MinuteAsync();
        }

        Assert.True(estate.Writes.Count > 20, $"{estate.Writes.Count} writes");
        Assert.All(estate.Writes.GroupBy(write => write.Tick), tick => Assert.InRange(tick.Count(), 1, 2));
    }

    [Fact]
    public async Task Tags_that_could_not_be_read_are_doubt_for_the_whole_part_of_the_fleet()
    {
        var estate = await FallenAsync("a", "b", "c");
        estate.Set("b").View = View.TagsUnknown;

        await QuietAsync(estate, minutes: 3);

        Assert.Empty(estate.Writes);
        Assert.EndsWith("1 of 3 targets in the fleet are in doubt, so nothing is lowered there", estate.Row("a").Spans[^1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_delivered_again_at_once_makes_no_second_action()
    {
        var estate = new Estate([Estate.Target("a")]);
        estate.Set("a").Load = 400;
        await estate.Worker.TickAsync();
        var request = estate.Queue.TakeEvaluations().Single();

        await estate.Worker.EvaluateAsync(request);
        await estate.Worker.EvaluateAsync(request);

        Assert.Single(estate.Writes);
        Assert.Single(estate.Documents.All, document => document.Partition == $"ledger/{request.TickId}");
    }

    [Fact]
    public async Task A_message_delivered_again_after_the_action_ended_makes_no_second_action_and_tells_no_drift()
    {
        var estate = new Estate([Estate.Target("a")]);
        estate.Set("a").Load = 400;
        await estate.Worker.TickAsync();
        var request = estate.Queue.TakeEvaluations().Single();
        await estate.Worker.EvaluateAsync(request);
        estate.Pass(0.8);
        await estate.Worker.VerifyAsync(Estate.Target("a").Id);
        Assert.Null(estate.Row("a").Intent);

        await estate.Worker.EvaluateAsync(request);
        estate.Pass();
        await estate.MinuteAsync();

        Assert.Single(estate.Writes);
        Assert.Equal(7, estate.Row("a").LastKnownCapacity);
        Assert.DoesNotContain(estate.Store.Chain(Estate.Target("a").Id), entry => entry.Kind == JournalKind.Drift);
    }

    [Fact]
    public async Task A_repeated_lowering_is_made_once()
    {
        var estate = await FallenAsync("a");
        await estate.MinuteAsync();
        await estate.Worker.TickAsync();
        var request = estate.Queue.TakeEvaluations().Single();
        await estate.Worker.EvaluateAsync(request);
        estate.Pass(0.8);
        await estate.Worker.VerifyAsync(Estate.Target("a").Id);

        await estate.Worker.EvaluateAsync(request);

        Assert.Equal((8, 6), (Assert.Single(estate.Writes).From, estate.Set("a").Capacity));
    }

    [Fact]
    public async Task A_message_that_comes_after_its_time_is_dropped()
    {
        var estate = new Estate([Estate.Target("a")]);
        estate.Set("a").Load = 400;
        await estate.Worker.TickAsync();
        var request = estate.Queue.TakeEvaluations().Single();
        estate.Time.Advance(TimeSpan.FromSeconds(90));

        Assert.Null(await estate.Worker.EvaluateAsync(request));
        Assert.Empty(estate.Writes);
    }

    [Fact]
    public async Task A_message_of_an_older_tick_is_dropped()
    {
        var estate = new Estate([Estate.Target("a")]);
        estate.Set("a").Load = 400;
        await estate.Worker.TickAsync();
        var older = estate.Queue.TakeEvaluations().Single();
        estate.Pass();
        await estate.Worker.TickAsync();

        Assert.Null(await estate.Worker.EvaluateAsync(older));
        Assert.NotNull(await estate.Worker.EvaluateAsync(estate.Queue.TakeEvaluations().Single()));
    }

    /// <summary>Every tick looks at what is open anyway: a look that asked for another one would go on for ever beside it.</summary>
    [Fact]
    public async Task Looks_at_an_action_that_never_ends_do_not_add_up()
    {
        var estate = new Estate([Estate.Target("a"), Estate.Target("b")]);
        (estate.Set("a").Load, estate.Set("a").Fate) = (400, Fate.OperationNeverEnds);
        await estate.MinuteAsync();
        estate.Listed = [Estate.Target("b").Id];

        for (var minute = 0; minute < 10; minute++)
        {
            await estate.Worker.TickAsync();
            foreach (var request in estate.Queue.TakeVerifications())
            {
                await estate.Worker.VerifyAsync(request.Target);
            }

            estate.Pass();
        }

        Assert.NotNull(estate.Row("a").Intent);
        Assert.InRange(estate.Queue.Verifications.Count, 0, 1);
    }

    /// <summary>The queue delivers a message that failed again; whatever the first delivery did is not done twice, and the ledger is whole.</summary>
    [Theory, MemberData(nameof(Faults))]
    public async Task A_fault_at_any_call_is_mended_by_the_next_delivery(int call, EstateFault fault)
    {
        var estate = new Estate([Estate.Target("a"), Estate.Target("b")]);
        await estate.MinuteAsync();
        estate.Set("a").Load = 400;
        estate.Set("b").Load = 150;
        await estate.Worker.TickAsync();
        var request = estate.Queue.TakeEvaluations().Single();
        estate.Fault = (estate.Calls + call, fault);
        try
        {
            await estate.Worker.EvaluateAsync(request);
        }
        catch (Exception exception) when (exception is StateStoreException or WorkQueueException or CrashException)
        {
            estate.Fault = null;
            await estate.Hire().EvaluateAsync(request);
        }

        estate.Fault = null;
        Assert.Single(estate.Documents.All, document => document.Partition == $"ledger/{request.TickId}");
        Assert.InRange(estate.Writes.Count, 0, 1);
        for (var minute = 0; minute < 5; minute++)
        {
            estate.Pass();
            await estate.MinuteAsync();
        }

        Assert.Equal((7, 3), (estate.Set("a").Capacity, estate.Set("b").Capacity));
        Assert.Equal(2, estate.Writes.Count);
        Assert.All(estate.Store.Chain(Estate.Target("a").Id), entry => Assert.NotEqual(JournalKind.Drift, entry.Kind));
        Assert.Null(JournalChain.FirstFault(estate.Store.Chain(Estate.Target("a").Id), estate.Row("a").Journal));
    }

    [Fact]
    public async Task Verifying_a_target_nobody_knows_does_nothing()
    {
        var estate = new Estate([Estate.Target("a")]);

        Assert.Empty(await estate.Worker.VerifyAsync(Estate.Target("x").Id));
        Assert.Empty(estate.Queue.Messages);
        Assert.Empty(estate.Store.Commits);
    }

    /// <summary>Targets of 8 instances whose load has fallen by a third after some quiet time; one named "north" is in another region.</summary>
    private static async Task<Estate> FallenAsync(params string[] names)
    {
        var estate = new Estate(names.Select(name =>
            Estate.Target(name, capacity: 8, region: name.EndsWith("north", StringComparison.Ordinal) ? "northeurope" : "westeurope")));
        await QuietAsync(estate, minutes: 2);
        foreach (var set in estate.Sets.Values)
        {
            set.Load = 320;
        }

        return estate;
    }

    private static async Task QuietAsync(Estate estate, int minutes)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            await estate.MinuteAsync();
        }
    }
}
