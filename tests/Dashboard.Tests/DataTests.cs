using System.Net;
using System.Text.Json;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Dashboard.Tests;

/// <summary>What the API tells the page beyond what it told before.</summary>
public sealed class DataTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Targets_tell_mode_bounds_signals_and_the_next_evaluation()
    {
        await using var world = await World.StartAsync([World.Service("web", 9, 1), World.Service("trial", 4, 3, app: "lab")]);
        await world.TickAsync(2);

        var list = await GetAsync(world, "targets");

        Assert.True(list.GetProperty("isSimulated").GetBoolean());
        Assert.Equal(World.Start.AddMinutes(3), list.GetProperty("nextTickAt").GetDateTimeOffset());
        var targets = list.GetProperty("targets").EnumerateArray().ToDictionary(target => target.GetProperty("name").GetString()!);
        Assert.Equal(("Act", "ScaleFunctions"), (Standing("web", "mode"), targets["web"].GetProperty("owner").GetString()));
        Assert.Equal(("Observe", "not us"), (Standing("trial", "mode"), targets["trial"].GetProperty("owner").GetString()));
        Assert.Equal("web-shop", Standing("web", "workload"));
        Assert.Equal(40, targets["web"].GetProperty("standing").GetProperty("maximum").GetInt32());
        Assert.Equal(World.Start.AddMinutes(3), targets["web"].GetProperty("nextEvaluationAt").GetDateTimeOffset());
        var signal = Assert.Single(targets["web"].GetProperty("standing").GetProperty("signals").EnumerateArray());
        Assert.Equal(("cpu", "Percentage CPU", 60), (signal.GetProperty("signal").GetString(), signal.GetProperty("metric").GetString(), signal.GetProperty("target").GetDouble()));
        Assert.InRange(signal.GetProperty("value").GetDouble(), 1, 100);
        Assert.NotEqual("", targets["web"].GetProperty("case").GetString());

        string Standing(string name, string field) => targets[name].GetProperty("standing").GetProperty(field).GetString()!;
    }

    [Fact]
    public async Task A_signal_that_cannot_be_read_is_told_with_its_doubt()
    {
        await using var world = await World.StartAsync();
        world.Sandbox.Faults.Set([new Sandbox.Faults.FaultRule { Effect = new Sandbox.Faults.EmptyMetrics() }]);
        await world.TickAsync(2);

        var target = (await GetAsync(world, "why/web")).GetProperty("standing").GetProperty("signals")[0];

        Assert.Equal(JsonValueKind.Null, target.GetProperty("value").ValueKind);
        Assert.NotEqual("", target.GetProperty("doubt").GetString());
        var series = (await GetAsync(world, "series/web?hours=1")).GetProperty("signals")[0];
        Assert.Equal(0, series.GetProperty("at").GetArrayLength());
        Assert.NotEqual("", series.GetProperty("doubt").GetString());
    }

    [Fact]
    public async Task A_series_has_load_by_the_minute_and_the_steps_of_the_capacity()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(40);

        var series = await GetAsync(world, "series/web?hours=2");

        var signal = series.GetProperty("signals")[0];
        var at = signal.GetProperty("at").EnumerateArray().Select(each => each.GetInt64()).ToList();
        Assert.InRange(at.Count, 110, 120);
        Assert.Equal(at.Order().Distinct(), at);
        Assert.Equal(at.Count, signal.GetProperty("value").GetArrayLength());
        Assert.Equal(at.Count, signal.GetProperty("instances").GetArrayLength());
        Assert.All(signal.GetProperty("value").EnumerateArray(), value => Assert.InRange(value.GetDouble(), 0, 100));
        var steps = series.GetProperty("capacity").EnumerateArray().ToList();
        Assert.Equal((await world.RowAsync("web")).LastKnownCapacity, steps[^1].GetProperty("count").GetInt32());
        var goals = (await GetAsync(world, "history/web")).GetProperty("actions").EnumerateArray().Reverse().Select(action => action.GetProperty("goal").GetInt32()).ToList();
        Assert.NotEmpty(goals);
        Assert.Equal(goals, steps.TakeLast(goals.Count).Select(step => step.GetProperty("count").GetInt32()));
    }

    [Fact]
    public async Task The_history_puts_an_action_together_from_its_decision_to_its_check()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(60);

        var history = await GetAsync(world, "history/web");

        var actions = history.GetProperty("actions").EnumerateArray().ToList();
        Assert.Equal((await world.RowAsync("web")).Epoch, actions.Count);
        var first = actions[^1];
        Assert.Equal(1, first.GetProperty("epoch").GetInt64());
        Assert.Equal("Done", first.GetProperty("end").GetString());
        Assert.Contains(first.GetProperty("check").GetString(), new[] { "Arrived", "Superseded" });
        Assert.NotEqual(first.GetProperty("from").GetInt32(), first.GetProperty("goal").GetInt32());
        Assert.Equal("worker-1", first.GetProperty("actor").GetString());
        Assert.True(first.GetProperty("acceptedAt").GetDateTimeOffset() <= first.GetProperty("endedAt").GetDateTimeOffset());
        var decisions = history.GetProperty("decisions").EnumerateArray().Select(each => each.GetProperty("from").GetDateTimeOffset()).ToList();
        Assert.Equal(decisions.OrderDescending().Distinct(), decisions);
    }

    [Fact]
    public async Task The_journal_is_told_newest_first_and_what_comes_after_it_as_changes()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(20);

        var journal = await GetAsync(world, "journal?limit=3");
        var entries = journal.GetProperty("entries").EnumerateArray().ToList();
        var last = journal.GetProperty("last").GetInt64();
        Assert.Equal(3, entries.Count);
        var changes = (await GetAsync(world, "changes?after=0")).GetProperty("changes").EnumerateArray().TakeLast(3).Reverse();
        Assert.Equal(changes.Select(change => change.GetProperty("entry").GetProperty("hash").GetString()), entries.Select(entry => entry.GetProperty("hash").GetString()));
        Assert.Equal(0, (await GetAsync(world, $"changes?after={last}")).GetProperty("changes").GetArrayLength());
        await world.Rows.ChangeFleetAsync(row => row.SetKillSwitch(true, "ann", "a test", World.Start), Cancellation);

        Assert.Equal("KillSwitch", Assert.Single((await GetAsync(world, $"changes?after={last}")).GetProperty("changes").EnumerateArray()).GetProperty("entry").GetProperty("kind").GetString());
    }

    [Theory]
    [InlineData("journal?limit=0", HttpStatusCode.BadRequest)]
    [InlineData("journal?limit=x", HttpStatusCode.BadRequest)]
    [InlineData("journal?limit=2001", HttpStatusCode.BadRequest)]
    [InlineData("series/web?hours=0", HttpStatusCode.BadRequest)]
    [InlineData("series/web?hours=25", HttpStatusCode.BadRequest)]
    [InlineData("series/web?hours=-1", HttpStatusCode.BadRequest)]
    [InlineData("series/nobody", HttpStatusCode.NotFound)]
    [InlineData("history/nobody", HttpStatusCode.NotFound)]
    public async Task What_cannot_be_answered_is_a_problem(string path, HttpStatusCode status)
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);

        using var response = await world.Client.GetAsync(new Uri($"api/v1/{path}", UriKind.Relative), Cancellation);

        Assert.Equal((status, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task Every_answer_tells_the_apps_time_even_one_that_says_nothing_changed()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        using var first = await world.Client.GetAsync(new Uri("api/v1/targets", UriKind.Relative), Cancellation);
        await world.WaitAsync(TimeSpan.FromMinutes(5));
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/targets");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var same = await world.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Equal(world.Sandbox.Clock.GetUtcNow(), DateTimeOffset.Parse(Assert.Single(same.Headers.GetValues("ScaleFunctions-Time")), null));
    }

    private static async Task<JsonElement> GetAsync(World world, string path) =>
        JsonElement.Parse(await world.Client.GetStringAsync(new Uri($"api/v1/{path}", UriKind.Relative), Cancellation));
}
