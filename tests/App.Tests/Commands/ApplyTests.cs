using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Adapters;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.App.Commands.Plans;
using ScaleFunctions.App.Tests.Functions;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.App.Tests.Commands;

/// <summary>The verb <c>apply</c>: one evaluation that acts.</summary>
public sealed class ApplyTests
{
    private const string Rings =
        """
        apiVersion: scalefunctions/v1
        kind: Guardrails
        metadata: { name: rings }
        spec:
          rollout:
            rings:
              - { name: sets, select: { type: vmss }, soak: 14d }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_yes_it_shows_the_plan_and_changes_nothing()
    {
        await using var world = await ApplyWorld.StartAsync(("busy", 4, 6));

        var shown = (await world.RunAsync("apply --state st")).ShouldBe(2).ShouldHideItsInside();

        Assert.Contains(shown.Lines, line => line.Contains("busy", StringComparison.Ordinal) && line.Contains("scale out", StringComparison.Ordinal));
        Assert.Contains("nothing was changed; '--yes' does it", shown.Error, StringComparison.Ordinal);
        Assert.Empty(world.Sandbox.Writes.All);
    }

    [Fact]
    public async Task What_it_raises_is_what_the_plan_said_and_the_next_one_finds_nothing_to_do()
    {
        await using var world = await ApplyWorld.StartAsync(("busy", 4, 6), ("fine", 4, 3));
        var plan = (await world.RunAsync("plan --format json")).ShouldBe(2).Json().EnumerateArray().Single(line => Text(line, "target") == "busy");

        var done = (await world.RunAsync("apply --yes --state st --format json")).ShouldBe(0).ShouldHideItsInside().Json();

        var action = Assert.Single(done.GetProperty("actions").EnumerateArray());
        Assert.Equal(("busy", "scale out", "Asked"), Told(action));
        Assert.Equal(plan.GetProperty("goal").GetInt32(), action.GetProperty("to").GetInt32());
        Assert.Equal(action.GetProperty("to").GetInt32(), Assert.Single(world.Sandbox.Writes.All).CapacityAfter);

        await world.PassAsync(TimeSpan.FromMinutes(15));
        var second = (await world.RunAsync("apply --yes --state st")).ShouldBe(0);
        Assert.Contains("nothing to do", second.Error, StringComparison.Ordinal);
        Assert.Contains(second.Lines, line => line.Contains("busy", StringComparison.Ordinal) && line.Contains("settled", StringComparison.Ordinal));
        Assert.Single(world.Sandbox.Writes.All);
        Assert.Contains("apply-", (await world.Place.RunAsync("history busy --state st")).ShouldBe(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_who_waits_sees_it_arrive()
    {
        await using var world = await ApplyWorld.StartAsync(("busy", 4, 6));

        var done = (await world.RunAsync("apply --yes --wait 30m --state st --format json")).ShouldBe(0).Json();

        Assert.Equal("Done", Text(Assert.Single(done.GetProperty("actions").EnumerateArray()), "result"));
        using var store = SqliteStateStore.Open(world.Place.File("st"));
        var row = Assert.Single(await store.ReadTargetsAsync(Cancellation));
        Assert.Null(row.Intent);
        Assert.Null(row.Check);
    }

    [Fact]
    public async Task What_does_not_arrive_while_somebody_waits_is_left_and_is_told_as_that()
    {
        await using var world = await ApplyWorld.StartAsync(("busy", 4, 6));

        var told = (await world.RunAsync("apply --yes --wait 1m --state st")).ShouldBe(2);

        Assert.Contains("the time of '--wait' is over, 1 not seen to the end", told.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("'--wait' does at once", told.Error, StringComparison.Ordinal);
    }

    /// <summary>Rollouts of policies, budgets and breaches are looked at by ticks alone.</summary>
    [Fact]
    public async Task Where_nothing_is_to_do_there_is_a_tick_all_the_same()
    {
        await using var world = await ApplyWorld.StartAsync(("fine", 4, 3));
        (await world.RunAsync("apply --state st")).ShouldBe(0);
        Assert.Null((await FleetAsync(world)).LastTickAt);

        var told = (await world.RunAsync("apply --yes --state st")).ShouldBe(0);

        Assert.Contains("nothing to do", told.Error, StringComparison.Ordinal);
        Assert.NotNull((await FleetAsync(world)).LastTickAt);
        Assert.Empty(world.Sandbox.Writes.All);
    }

    [Fact]
    public async Task A_rollout_of_policies_is_told_by_it_and_by_the_plan()
    {
        await using var world = await ApplyWorld.StartAsync(("fine", 4, 3));
        world.Place.Write("mine/rings.yml", Rings);
        Assert.DoesNotContain("rollout:", (await world.RunAsync("apply --yes --state st")).ShouldBe(0).Error, StringComparison.Ordinal);
        world.Place.Edit("mine/horizontal-scaling.yml", "maximum: 12", "maximum: 11");

        var told = (await world.RunAsync("apply --yes --state st")).ShouldBe(0);
        Assert.Matches("rollout: the policy set [0-9a-f]{12} counts for the ring 'sets' since ", told.Error);
        Assert.Contains("for all others; see 'rollout status'", told.Error, StringComparison.Ordinal);

        (await world.Place.RunAsync("rollout", "halt", "--by", "ann", "--reason", "too many", "--state", "st")).ShouldBe(0);
        Assert.Contains("is halted in the ring 'sets' by ann", (await world.RunAsync("apply --state st")).ShouldBe(0).Error, StringComparison.Ordinal);
        foreach (var verb in new[] { "plan", "apply --dry-run" })
        {
            var plan = (await world.RunAsync($"{verb} --state st")).ShouldBe(0);
            Assert.Contains("is halted in the ring 'sets' by ann", plan.Error, StringComparison.Ordinal);
            Assert.Contains("this goes by the files in mine for all", plan.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_plan_tells_of_a_set_that_waits_and_of_files_that_could_not_be_used()
    {
        await using var world = await ApplyWorld.StartAsync(("fine", 4, 3));
        (await world.RunAsync("apply --yes --state st")).ShouldBe(0);
        using (var store = SqliteStateStore.Open(world.Place.File("st")))
        {
            var at = new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
            await new RowStore(store).ChangeFleetAsync(
                row => row with
                {
                    PolicyTrouble = new PolicyTrouble("a comma is missing", row.PolicyVersion, at),
                    Narrowing = new NarrowedPolicies(row.PolicyVersion, new SelectionLoss(4, 3, "web"), at),
                },
                Cancellation);
        }

        var plan = (await world.RunAsync("plan --state st")).ShouldBe(0);

        Assert.Contains("the policy files could not be used since 2026-01-05 09:00", plan.Error, StringComparison.Ordinal);
        Assert.Contains("a comma is missing; this goes by the files in mine", plan.Error, StringComparison.Ordinal);
        Assert.Contains("would leave 3 of 4 resources that are governed now to nobody (web)", plan.Error, StringComparison.Ordinal);
    }

    /// <summary>Each time it fails, and the fifth time it is put aside, as the Functions host does it.</summary>
    [Fact]
    public async Task A_message_that_always_fails_keeps_no_target_from_being_evaluated()
    {
        await using var world = await ApplyWorld.StartAsync(("busy", 4, 6));
        (await world.RunAsync("apply --state st")).ShouldBe(2);
        await using var services = Queues(world);
        var queue = services.GetRequiredService<IWorkSource>();
        await SendToBudgetAsync(services, """{"policy":""");

        var first = (await world.RunAsync("apply --yes --state st --format json")).ShouldBe(4).ShouldHideItsInside().Json();

        Assert.Equal(
            [("busy", "scale out", "Asked"), ("(Budget)", "failed", "Failed")], first.GetProperty("actions").EnumerateArray().Select(Told));
        Assert.Single(world.Sandbox.Writes.All);
        for (var time = 2; time <= 5; time++)
        {
            Assert.Equal(0, await queue.CountPoisonAsync(WorkKind.Budget, Cancellation));
            (await world.RunAsync("apply --yes --state st")).ShouldBe(4);
        }

        Assert.Equal(1, await queue.CountPoisonAsync(WorkKind.Budget, Cancellation));
        (await world.RunAsync("apply --yes --state st")).ShouldBe(0);
    }

    [Fact]
    public void What_was_planned_and_no_tick_told_of_is_left()
    {
        var (seen, unseen) = (ApplyWorld.IdOf("seen"), ApplyWorld.IdOf("unseen"));

        var lines = ApplyLine.Of(
            [Report(seen, ReportKind.ScaledOut), Report(unseen, ReportKind.Settled)], [new(seen, 4, 6, null), new(unseen, 4, 6, null)], []);

        Assert.Equal(
            [("seen", "scale out", ApplyResult.Done), ("unseen", "settled", ApplyResult.Done), ("unseen", "not looked at", ApplyResult.Left)],
            lines.Select(line => (line.Target, line.Outcome, line.Result)));
        Assert.Equal(2, new ApplyView(true, [], [], lines).ExitCode(planned: 2, isLeft: false));
    }

    [Fact]
    public async Task What_it_lowers_two_ticks_agree_on()
    {
        await using var world = await ApplyWorld.StartAsync(("idle", 8, 1.5), ("fine", 4, 3));

        var done = (await world.RunAsync("apply --yes --state st --format json")).ShouldBe(0).Json();

        Assert.Equal(("idle", "scale in", "Asked"), Told(Assert.Single(done.GetProperty("actions").EnumerateArray())));
        var write = Assert.Single(world.Sandbox.Writes.All);
        Assert.Equal((8, 2), (write.CapacityBefore, write.CapacityAfter));
        Assert.True(write.At >= new DateTimeOffset(2026, 1, 5, 10, 1, 0, TimeSpan.Zero), $"it was lowered at {write.At:O}, in the tick that proposed it");
    }

    /// <summary>More lowerings at once that nobody expects than the cap lets through: the tick that judges them is the same as everywhere.</summary>
    [Fact]
    public async Task What_is_beyond_the_cap_waits_for_a_person_and_is_told_as_left()
    {
        await using var world = await ApplyWorld.StartAsync(("busy", 4, 6), ("idle-1", 8, 1.5), ("idle-2", 8, 1.5));

        var done = (await world.RunAsync("apply --yes --state st --format json")).ShouldBe(2).Json();

        Assert.Equal(
            [("busy", "scale out", "Asked"), ("idle-1", "left to later", "Left"), ("idle-2", "left to later", "Left")],
            done.GetProperty("actions").EnumerateArray().Select(Told));
        Assert.EndsWith("/busy", Assert.Single(world.Sandbox.Writes.All).Path, StringComparison.OrdinalIgnoreCase);
        Assert.Single((await world.Place.RunAsync("approvals list --state st --format json")).ShouldBe(0).Json().EnumerateArray());
    }

    [Fact]
    public async Task What_policies_observe_stays_as_it_is()
    {
        await using var world = await ApplyWorld.StartAsync(("busy", 4, 6));
        world.Place.Edit("mine/workloads.yml", "mode: act", "mode: observe");

        var told = (await world.RunAsync("apply --yes --state st")).ShouldBe(0);

        Assert.Contains("would change, observed only", told.Output, StringComparison.Ordinal);
        Assert.Contains("nothing to do", told.Error, StringComparison.Ordinal);
        Assert.Empty(world.Sandbox.Writes.All);

        // Nor would anything be done if the switch was not set.
        (await world.Place.RunAsync("kill-switch on --state st --by bob")).ShouldBe(0);
        Assert.Contains("nothing to do", (await world.RunAsync("apply --yes --state st")).ShouldBe(0).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_kill_switch_and_a_pause_hold_it()
    {
        await using var world = await ApplyWorld.StartAsync(("busy", 4, 6));
        (await world.RunAsync("apply --state st")).ShouldBe(2);
        (await world.Place.RunAsync("kill-switch on --state st --by bob")).ShouldBe(0);

        var held = (await world.RunAsync("apply --yes --state st")).ShouldBe(2);

        Assert.Contains(held.Lines, line => line.Contains("busy", StringComparison.Ordinal) && line.Contains("not yet", StringComparison.Ordinal) && line.Contains("the kill switch is set by bob", StringComparison.Ordinal));
        Assert.Contains("nothing was changed, though something was to do: ", held.Error, StringComparison.Ordinal);
        var shown = (await world.RunAsync("apply --state st")).ShouldBe(2);
        Assert.Contains("'kill-switch off' lets it go on", shown.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("'--yes' does it", shown.Error, StringComparison.Ordinal);
        Assert.Empty(world.Sandbox.Writes.All);
        (await world.Place.RunAsync("kill-switch off --state st")).ShouldBe(0);
        (await world.RunAsync("apply --yes --state st")).ShouldBe(0);
        Assert.Single(world.Sandbox.Writes.All);
    }

    [Fact]
    public async Task What_Azure_refuses_is_told_and_has_an_exit_code_of_its_own()
    {
        await using var world = await ApplyWorld.StartAsync(
            [new FaultRule { Method = "PATCH", Target = "busy-2", Effect = new AnswerWith(409, "OperationNotAllowed") }], ("busy-1", 4, 6), ("busy-2", 4, 6));

        var done = (await world.RunAsync("apply --yes --state st --format json")).ShouldBe(4).Json();

        Assert.Equal(
            [("busy-1", "Asked"), ("busy-2", "Failed")],
            done.GetProperty("actions").EnumerateArray().Select(action => (Text(action, "target"), Text(action, "result"))));
    }

    [Fact]
    public async Task What_failed_after_an_earlier_one_had_ended_is_told_by_the_next()
    {
        await using var world = await ApplyWorld.StartAsync(
            [new FaultRule { Method = "PATCH", Target = "busy", Effect = new OperationFails() }], ("busy", 4, 6));
        (await world.RunAsync("apply --yes --state st")).ShouldBe(0);
        await world.PassAsync(TimeSpan.FromMinutes(30));

        // Else it would be begun anew, and all would be well.
        (await world.Place.RunAsync("kill-switch on --state st")).ShouldBe(0);

        var next = await world.RunAsync("apply --yes --state st --format json");

        Assert.Contains(next.ShouldBe(4).Json().GetProperty("actions").EnumerateArray(), action => Text(action, "result") == "Failed");
    }

    /// <summary>Azure goes away after the first tick has raised: what was done is told, and that it was cut short.</summary>
    [Fact]
    public async Task What_was_done_before_a_tick_was_cut_short_is_told()
    {
        await using var world = await ApplyWorld.StartAsync(("busy", 4, 6));
        var run = world.RunAsync("apply --yes --wait 2h --state st --format json");
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (world.Sandbox.Writes.All.Count == 0 || world.Sandbox.Clock.GetUtcNow() < new DateTimeOffset(2026, 1, 5, 10, 1, 0, TimeSpan.Zero))
        {
            Assert.False(run.IsCompleted, "it ended before Azure went away");
            await poll.WaitForNextTickAsync(Cancellation);
        }

        await world.Sandbox.DisposeAsync();
        var told = (await run).ShouldBe(4).ShouldHideItsInside();

        Assert.Contains("a tick was cut short; the next apply, or serve, on this state goes on", told.Error, StringComparison.Ordinal);
        Assert.Equal(
            [("busy", "scale out", "Asked"), ("(tick)", "failed", "Failed")], told.Json().GetProperty("actions").EnumerateArray().Select(Told));
    }

    /// <summary>A budget that Azure does not tell of for an hour keeps no target waiting for that long.</summary>
    [Fact]
    public async Task A_budget_that_is_throttled_keeps_no_target_from_being_evaluated()
    {
        await using var world = await ApplyWorld.StartAsync(
            [new FaultRule { Target = "Microsoft.Consumption|Microsoft.CostManagement", Effect = new Throttle(3600) }], ("busy", 4, 6));
        world.Place.Write(
            "mine/budget.yml",
            $$"""
            apiVersion: scalefunctions/v1
            kind: BudgetAlerts
            metadata: { name: shop }
            spec:
              budget: {{BudgetPathTests.BudgetId}}
              currency: USD
              mode: act
              ladder: [ { step: freezeScaleOut, when: { forecast: 110 }, select: { type: vmss } } ]
            """);
        (await world.RunAsync("apply --state st")).ShouldBe(2);
        await using (var services = Queues(world))
        {
            await SendToBudgetAsync(services, """{"policy":"shop"}""");
        }

        var done = (await world.RunAsync("apply --yes --state st --format json")).ShouldBe(0).ShouldHideItsInside();

        Assert.True(world.Sandbox.Requests.Count(RequestKind.Budget) > 0, "the budget was not asked for");
        Assert.Contains(("busy", "scale out", "Asked"), done.Json().GetProperty("actions").EnumerateArray().Select(Told));
        var write = Assert.Single(world.Sandbox.Writes.All);
        Assert.True(write.At < new DateTimeOffset(2026, 1, 5, 10, 2, 0, TimeSpan.Zero), $"it was raised at {write.At:O}, after the budget had been waited for");
    }

    [Fact]
    public async Task A_dry_run_is_the_plan_and_leaves_no_state()
    {
        await using var world = await ApplyWorld.StartAsync(("busy", 4, 6));

        var dry = (await world.RunAsync("apply --dry-run --state st --format markdown")).ShouldBe(2);

        Assert.Equal((await world.RunAsync("plan --format markdown")).ShouldBe(2).Output, dry.Output);
        Assert.False(Directory.Exists(world.Place.File("st")));
        Assert.Empty(world.Sandbox.Writes.All);
    }

    [Fact]
    public async Task Beside_a_worker_it_is_refused_and_says_who_that_is()
    {
        await using var world = await ApplyWorld.StartAsync(("busy", 4, 6));
        var serve = await world.Place.ServeAsync("--speed", "60");

        (await world.Place.RunAsync("apply --yes")).ShouldRefuse("another worker runs", $"held by process {serve.Id}");
        var state = File.ReadAllText(world.Place.File(".scalefunctions/latest")).Trim();
        (await world.RunAsync($"apply --yes --state {state}")).ShouldRefuse("another worker runs", $"held by process {serve.Id}", "--state");
        Assert.Empty(world.Sandbox.Writes.All);
    }

    [Fact]
    public async Task On_a_fresh_sandbox_what_it_did_can_be_looked_at_afterwards()
    {
        await using var place = new Workplace();

        (await place.RunAsync("apply --yes --format json")).ShouldBe(0).ShouldHideItsInside();

        Assert.NotEmpty((await place.RunAsync("why worker --format json")).ShouldBe(0).Json().GetProperty("decisions").EnumerateArray());
    }

    [Theory]
    [InlineData("apply --azure --yes", "name a directory with --state")]
    [InlineData("apply --dry-run --yes", "--dry-run changes nothing")]
    [InlineData("apply --wait 10s", "is too short for --wait")]
    [InlineData("apply --azure --sandbox 1/2", "are different estates; give one of them")]
    [InlineData("plan --azure --state nowhere", "there is no state in nowhere")]
    [InlineData("plan --subscription mine", "'mine' does not fit --subscription")]
    public async Task What_makes_no_sense_is_refused(string arguments, string error)
    {
        await using var place = new Workplace();

        (await place.RunAsync(arguments)).ShouldRefuse(error);
    }

    [Fact]
    public async Task A_state_of_a_simulated_Azure_is_not_acted_on_in_Azure_itself_nor_the_other_way_round()
    {
        await using var world = await ApplyWorld.StartAsync(("busy", 4, 6));
        // Without a yes there is no tick, and the state is of that Azure all the same.
        (await world.RunAsync("apply --state st")).ShouldBe(2);

        (await world.Place.RunAsync("apply --azure --yes --state st")).ShouldRefuse("is of a simulated Azure");
        (await world.Place.RunAsync("plan --azure --state st")).ShouldRefuse("is of a simulated Azure");

        Directory.CreateDirectory(world.Place.File("real"));
        using (var store = SqliteStateStore.Open(world.Place.File("real")))
        {
            await store.WriteDocumentAsync(new StoredDocument("state", "place", 0, """{"isAzure":true}""", DateTimeOffset.MaxValue), Cancellation);
        }

        Directory.CreateDirectory(world.Place.File("old"));
        using (var store = SqliteStateStore.Open(world.Place.File("old")))
        {
            await store.WriteFleetAsync(new FleetRow { PolicyVersion = "0123456789abcdef" }, Cancellation);
        }

        (await world.Place.RunAsync("plan --azure --state old")).ShouldRefuse("is of a simulated Azure", "'state backup FILE --hosted' marks it");
        (await world.RunAsync("apply --yes --state real")).ShouldRefuse("is of Azure itself");
        (await world.Place.RunAsync("plan --state real")).ShouldRefuse("is of Azure itself");
        (await world.Place.RunAsync("serve --duration 5m --port 0 --state real")).ShouldRefuse("is of Azure itself");
    }

    private static ServiceProvider Queues(ApplyWorld world) => new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(world.Sandbox.Clock)
        .AddSqliteWorkQueue(world.Place.File("st")).BuildServiceProvider();

    private static Task SendToBudgetAsync(IServiceProvider services, string body) => services.GetRequiredService<IWorkQueue>().SendAsync(
        new WorkMessage(WorkKind.Budget, body, TimeSpan.Zero, TimeSpan.FromDays(1)), Cancellation);

    private static async Task<FleetRow> FleetAsync(ApplyWorld world)
    {
        using var store = SqliteStateStore.Open(world.Place.File("st"));
        return await store.ReadFleetAsync(Cancellation);
    }

    private static TargetReport Report(TargetId target, ReportKind kind) => new()
    {
        Target = target,
        At = new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero),
        Current = 4,
        Goal = 6,
        Kind = kind,
        Text = "why",
    };

    private static (string Target, string Outcome, string Result) Told(JsonElement action) => (Text(action, "target"), Text(action, "outcome"), Text(action, "result"));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
