using System.Text.Json;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.Core.State;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.App.Tests.Commands;

/// <summary>The verb <c>apply</c>: one evaluation that acts.</summary>
public sealed class ApplyTests
{
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
    }

    [Fact]
    public async Task The_kill_switch_and_a_pause_hold_it()
    {
        await using var world = await ApplyWorld.StartAsync(("busy", 4, 6));
        (await world.RunAsync("apply --state st")).ShouldBe(2);
        (await world.Place.RunAsync("kill-switch on --state st --by bob")).ShouldBe(0);

        var held = (await world.RunAsync("apply --yes --state st")).ShouldBe(0);

        Assert.Contains("the kill switch is set by bob", held.Output, StringComparison.Ordinal);
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
        (await world.RunAsync("apply --yes --state st")).ShouldBe(0);

        (await world.Place.RunAsync("apply --azure --yes --state st")).ShouldRefuse("is of a simulated Azure");
        (await world.Place.RunAsync("plan --azure --state st")).ShouldRefuse("is of a simulated Azure");

        Directory.CreateDirectory(world.Place.File("real"));
        using (var store = SqliteStateStore.Open(world.Place.File("real")))
        {
            await store.WriteDocumentAsync(new StoredDocument("state", "place", 0, """{"isAzure":true}""", DateTimeOffset.MaxValue), Cancellation);
        }

        (await world.RunAsync("apply --yes --state real")).ShouldRefuse("is of Azure itself");
        (await world.Place.RunAsync("plan --state real")).ShouldRefuse("is of Azure itself");
        (await world.Place.RunAsync("serve --duration 5m --port 0 --state real")).ShouldRefuse("is of Azure itself");
    }

    private static (string Target, string Outcome, string Result) Told(JsonElement action) => (Text(action, "target"), Text(action, "outcome"), Text(action, "result"));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
