using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Adapters.AppService;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Tests.Compute;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Adapters.Tests.AppService;

/// <summary>What may happen to a plan between a smaller size and the end of its watch.</summary>
public sealed class PlanWatchTests : SizedPlanTest
{
    private static readonly (string?, string?) Down = ("P2v3", "P1v3");
    private static readonly (string?, string?) Back = ("P1v3", "P2v3");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_guard_that_is_silent_or_old_after_the_change_neither_ends_the_watch_nor_takes_it_back(bool isOld)
    {
        await using var services = Build();
        await DownAsync(services);
        Fault(isOld ? new ShiftMetrics(TimeSpan.FromHours(-2)) : new EmptyMetrics(), target: "HttpQueueLength");
        await RunAsync(services, Wish("idle"), minutes: 30);

        Assert.Equal([Down], Sizes());
        Assert.StartsWith("queue ", (await RowAsync(services, Idle)).RollOut!.Doubt, StringComparison.Ordinal);

        Sandbox.Faults.Clear();
        await UntilAsync(services, Wish("idle"), async () => (await RowAsync(services, Idle)).RollOut is null, most: 15);
        Assert.Contains("P1v3: 4 instances have it and stayed well", await JournalAsync(services, Idle));
    }

    /// <summary>Azure shows a plan as one entry, and still it has four instances: a formula that divides by them must not find one.</summary>
    [Fact]
    public async Task A_guard_that_divides_by_the_instances_divides_by_the_same_before_and_after()
    {
        var policies = Wish("idle", guard:
            "{ signals: [ { name: cpu, metric: CpuPercentage }, { name: each, formula: cpu / instances, measures: perInstance } ], breachedWhen: [ { signal: each, above: 6 } ] }");
        await using var services = Build();
        await DownAsync(services, policies);
        await UntilAsync(services, policies, async () => (await RowAsync(services, Idle)).RollOut is null, most: 30);

        Assert.Equal([Down], Sizes());
        Assert.Equal("P1v3", (await RowAsync(services, Idle)).Peak!.Of.To);
    }

    [Fact]
    public async Task A_count_that_its_owner_changes_meanwhile_is_kept_by_the_way_back()
    {
        Fault(new UnhealthySize("P1v3"), "PUT");
        await using var services = Build();
        await DownAsync(services);
        await EditAsync(plan => plan["sku"]!["capacity"] = 5);
        await UntilAsync(services, Wish("idle"), () => Task.FromResult(Sizes().Count() == 3));

        var undo = Ours().Last();
        Assert.Equal((5, 5, "P2v3"), (undo.CapacityBefore, undo.CapacityAfter, undo.SizeAfter));
    }

    [Fact]
    public async Task A_size_that_its_owner_changes_meanwhile_is_left_as_it_is()
    {
        Fault(new UnhealthySize("P1v3"), "PUT");
        await using var services = Build();
        await DownAsync(services);
        await EditAsync(plan => plan["sku"]!["name"] = "P3v3");
        await RunAsync(services, Wish("idle"), minutes: 25);

        Assert.Equal([Down, ("P1v3", "P3v3")], Sizes());
        Assert.Equal("P3v3", Sandbox.Estate.SizeOf(Idle));
        Assert.Null((await RowAsync(services, Idle)).RollOut);
        Assert.Contains("somebody else gave the resource P3v3", await JournalAsync(services, Idle));
    }

    /// <summary>What is busy is no fault of the size: it is asked for again in the next turn.</summary>
    [Theory]
    [InlineData(409, """{"error":{"code":"Conflict","message":"Another operation is running."}}""")]
    [InlineData(429, """{"error":{"code":"TooManyRequests","message":"Slow down."}}""")]
    [InlineData(429, """{"Code":"Conflict","Message":"Cannot modify this plan because another operation is in progress. (59205)"}""")]
    public async Task A_plan_that_is_busy_is_asked_again(int status, string body)
    {
        Fault(new AnswerWith(status, Body: body), "PUT", times: 1);
        await using var services = Build();
        await DownAsync(services);

        Assert.Equal(2, Puts());
        var row = await RowAsync(services, Idle);
        Assert.Null(row.Sizes.Of("P1v3"));
        Assert.Single(row.Sizes.Changes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_without_an_answer_is_made_once_and_watched(bool hasLanded)
    {
        Fault(hasLanded ? new DropAfterLanding() : new DropBeforeLanding(), "PUT", times: 1);
        await using var services = Build();
        await DownAsync(services);

        Assert.Equal([Down], Sizes());
        Assert.Equal(hasLanded ? 1 : 2, Puts());
        Assert.Single((await RowAsync(services, Idle)).Sizes.Changes);
    }

    /// <summary>Azure says that it took it, and the plan does not have it: nobody may be left to think so.</summary>
    [Fact]
    public async Task A_change_that_was_answered_and_did_not_stick_is_told_and_left_alone()
    {
        Fault(new AnswerWith(200, Body: "{}"), "PUT");
        await using var services = Build();
        await RunAsync(services, Wish("idle"), minutes: 20);

        Assert.Equal(1, Puts());
        var row = await RowAsync(services, Idle);
        Assert.Equal((null, null), (row.RollOut, row.Intent));
        Assert.Equal(1, row.Sizes.Of("P1v3")!.Times);
        Assert.Contains("no instance was given P1v3; the resource says the old size again", await JournalAsync(services, Idle));
    }

    /// <summary>
    /// The way back is refused, fails, or is answered and does not stick. None of it leaves the plan at the size that does it no good: it is
    /// asked for again after a pause, told each time, and made once.
    /// </summary>
    [Theory]
    [InlineData("locked")]
    [InlineData("throttled")]
    [InlineData("fails")]
    [InlineData("lost")]
    [InlineData("unanswered")]
    public async Task A_way_back_that_does_not_come_is_asked_for_again_and_told(string how)
    {
        Fault(new UnhealthySize("P1v3"), "PUT");
        await using var services = Build();
        await DownAsync(services);
        Fault(how switch
        {
            "locked" => new AnswerWith(409, "ScopeLocked"),
            "throttled" => new AnswerWith(429, "TooManyRequests"),
            "fails" => new OperationFails(),
            "lost" => new AnswerWith(200, Body: "{}"),
            _ => new DropBeforeLanding(),
        }, "PUT", times: 2);
        var reports = await UntilAsync(services, Wish("idle"), () => Task.FromResult(Sandbox.Estate.SizeOf(Idle) == "P2v3" && Puts() >= 4), most: 90);
        await RunAsync(services, Wish("idle"), minutes: 10);

        Assert.Equal(4, Puts());
        Assert.Equal("P2v3", Sandbox.Estate.SizeOf(Idle));
        Assert.Equal(Back, Sizes().Last());
        var row = await RowAsync(services, Idle);
        Assert.Equal((null, null), (row.RollOut, row.Intent));
        Assert.StartsWith("queue ", row.Sizes.Of("P1v3")!.Why, StringComparison.Ordinal);
        Assert.Contains(reports, report => report.Kind == ReportKind.ActionFailed && report.Text.Length > 0);
        Assert.Contains(await JournalAsync(services, Idle), text => text.StartsWith("P1v3 was taken back (queue ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("kill switch", "the kill switch is set by anna: incident")]
    [InlineData("pause", "it is paused by anna: incident")]
    [InlineData("observe", "this installation only observes")]
    public async Task A_way_back_that_a_person_stopped_is_told_once_and_goes_on_afterwards(string how, string why)
    {
        Fault(new UnhealthySize("P1v3"), "PUT");
        await using var services = Build();
        await using var observing = Build(PolicyMode.Observe);
        await DownAsync(services);
        await StopAsync(services, how, isStopped: true);
        var reports = new List<TargetReport>();
        for (var minute = 0; minute < 25; minute++)
        {
            reports.AddRange(await MinuteAsync(how == "observe" ? observing : services, Wish("idle")));
        }

        Assert.Equal(1, Puts());
        var told = Assert.Single(reports, report => report.Text.Contains("is to be taken back", StringComparison.Ordinal));
        Assert.Equal(ReportKind.ActionFailed, told.Kind);
        Assert.EndsWith($"it is to be taken back, and is not: {why}", told.Text, StringComparison.Ordinal);
        Assert.EndsWith(why, (await RowAsync(services, Idle)).RollOut!.Doubt, StringComparison.Ordinal);

        await StopAsync(services, how, isStopped: false);
        await UntilAsync(services, Wish("idle"), () => Task.FromResult(Sizes().Count() == 2), most: 10);
        Assert.Equal([Down, Back], Sizes());
    }

    /// <summary>What was begun is ended, whatever its policy says since: by the terms that are in the row.</summary>
    [Theory]
    [InlineData("observe", true)]
    [InlineData("act", false)]
    public async Task A_policy_that_is_changed_or_gone_meanwhile_leaves_nobody_at_a_bad_size(string mode, bool hasSizes)
    {
        Fault(new UnhealthySize("P1v3"), "PUT");
        await using var services = Build();
        await DownAsync(services);
        await UntilAsync(services, Wish("idle", mode, hasSizes: hasSizes), () => Task.FromResult(Sizes().Count() == 2));

        Assert.Equal([Down, Back], Sizes());
    }

    /// <summary>All that is known is in the row: each minute is another process, that is killed when it is over.</summary>
    [Fact]
    public async Task A_process_that_begins_anew_each_minute_takes_it_back_once_and_remembers_why()
    {
        Fault(new UnhealthySize("P1v3"), "PUT");
        for (var minute = 0; minute < 45; minute++)
        {
            await using var services = Build();
            await MinuteAsync(services, Wish("idle"));
        }

        Assert.Equal([Down, Back], Sizes());
        Assert.Equal(2, Puts());
        await using var last = Build();
        Assert.StartsWith("queue ", (await RowAsync(last, Idle)).Sizes.Of("P1v3")!.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_plan_that_scales_by_itself_since_or_is_gone_is_not_written_any_more(bool isGone)
    {
        Fault(new UnhealthySize("P1v3"), "PUT");
        await using var services = Build();
        await DownAsync(services);
        if (isGone)
        {
            Fault(new AnswerWith(404, "ResourceNotFound"), "GET", "serverfarms/idle");
        }
        else
        {
            await EditAsync(plan => plan["properties"]!["elasticScaleEnabled"] = true);
        }

        var before = Puts();
        await RunAsync(services, Wish("idle"), minutes: 25);

        Assert.Equal(before, Puts());
        Assert.NotNull((await RowAsync(services, Idle)).RollOut);
    }

    /// <summary>Until Azure has the smaller size and the watch has begun.</summary>
    private async Task DownAsync(IServiceProvider services, PolicySet? policies = null) =>
        await UntilAsync(services, policies ?? Wish("idle"), async () => (await RowAsync(services, Idle)) is { RollOut: not null, Intent: null }, most: 15);

    private static async Task StopAsync(IServiceProvider services, string how, bool isStopped)
    {
        var (rows, now) = (services.GetRequiredService<RowStore>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        if (how == "kill switch")
        {
            await rows.ChangeFleetAsync(row => row.SetKillSwitch(isStopped, "anna", "incident", now), Cancellation);
        }
        else if (how == "pause")
        {
            await rows.ChangeTargetAsync(Idle, row => row.SetPause(isStopped ? new TargetPause("anna", "incident", now, null) : null, "anna", "incident", now), Cancellation);
        }
    }

    /// <summary>A change that the owner of the plan makes, without what is read-only.</summary>
    private async Task EditAsync(Action<JsonObject> change)
    {
        var arm = Connect();
        var found = Assert.IsType<BodyReading.Found>(await BodyReader.ReadAsync(arm.Reads, ResourceAddress.Of(arm.Connection, Idle, ApiVersions.Plans), Cancellation));
        var plan = JsonNode.Parse(found.Body)!.AsObject();
        change(plan);
        foreach (var path in PlanBody.ReadOnly.Select(path => path.Split('.')))
        {
            path[..^1].Aggregate((JsonNode?)plan, (node, name) => node?[name])?.AsObject().Remove(path[^1]);
        }

        var written = await new ArmWriter(arm, new LogLines()).PutAsync(Idle, ApiVersions.Plans, BinaryData.FromString(plan.ToJsonString()), Cancellation);
        Assert.IsType<WriteResult.Accepted>(written);
    }
}
