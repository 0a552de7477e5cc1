using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>The policies in force, rehearsed over HTTP on the load that the simulated Azure kept.</summary>
public sealed class ApiBacktestTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>What was is told by what reported: a constant load had as many instances all the time.</summary>
    [Fact]
    public async Task It_tells_what_the_policies_would_have_done_beside_what_was()
    {
        await using var handler = await StartAsync(days: 2);

        var told = await GetAsync(handler, "api/v1/backtest/web?days=1");

        Assert.Equal("workloads", told.GetProperty("workload").GetString());
        Assert.Equal(24, (told.GetProperty("to").GetDateTimeOffset() - told.GetProperty("from").GetDateTimeOffset()).TotalHours, 1);
        var rows = told.GetProperty("rows").EnumerateArray().ToDictionary(row => row.GetProperty("policy").GetString()!);
        Assert.Equal(["policies", "no policy", "Azure 70/30", "as it was"], rows.Keys);
        var course = told.GetProperty("course");
        Assert.Equal(1, course.GetProperty("stepMinutes").GetInt32());
        Assert.All(new[] { "needed", "serving", "billed", "short", "asItWas" }, name => Assert.Equal(1440, course.GetProperty(name).GetArrayLength()));
        Assert.Equal(rows["policies"].GetProperty("minutesShort").GetInt32(), course.GetProperty("short").EnumerateArray().Sum(each => each.GetInt32()));
        var was = course.GetProperty("asItWas").EnumerateArray().Select(each => each.GetInt32()).ToList();
        var needed = course.GetProperty("needed").EnumerateArray().Select(each => each.GetInt32()).ToList();
        Assert.Equal(24 * Assert.Single(was.Distinct()), rows["as it was"].GetProperty("instanceHours").GetDouble(), 1);
        Assert.Equal(was.Where((count, minute) => count < needed[minute]).Count(), rows["as it was"].GetProperty("minutesShort").GetInt32());
        Assert.Equal(told.GetProperty("changeCount").GetInt32(), told.GetProperty("changes").GetArrayLength());
    }

    /// <summary>It says so, and scores what there is.</summary>
    [Fact]
    public async Task A_history_that_is_shorter_than_asked_for_is_scored_as_far_as_it_goes()
    {
        await using var handler = await StartAsync(days: 1);

        var told = await GetAsync(handler, "api/v1/backtest/web?days=14");

        Assert.Equal(18, (told.GetProperty("to").GetDateTimeOffset() - told.GetProperty("from").GetDateTimeOffset()).TotalHours, 0.5);
        Assert.Contains(told.GetProperty("notes").EnumerateArray(), note => note.GetString()!.Contains("1.0 days of load are kept", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_history_that_is_too_short_is_refused_in_so_many_words()
    {
        await using var handler = await RunningHandler.StartAsync();
        (await handler.PostAsync("ScaleTick", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK);
        await KnowAsync(handler);

        Assert.Contains("too little of the load is kept to rehearse on", await RefusedAsync(handler, "api/v1/backtest/web", HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_cannot_rehearse_it_refuses()
    {
        await using var handler = await RunningHandler.StartAsync();
        await KnowAsync(handler);

        Assert.Contains("'days' is 1 to 28", await RefusedAsync(handler, "api/v1/backtest/web?days=0", HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Contains("'days' is 1 to 28", await RefusedAsync(handler, "api/v1/backtest/web?days=29", HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Contains("'nobody'", await RefusedAsync(handler, "api/v1/backtest/nobody", HttpStatusCode.NotFound), StringComparison.Ordinal);
        Assert.Contains("no workload with bounds governs 'api' now", await RefusedAsync(handler, "api/v1/backtest/api", HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    /// <summary>It is calculated and forgotten: the next one tells the same, and no row is written.</summary>
    [Fact]
    public async Task It_writes_nothing()
    {
        await using var handler = await StartAsync(days: 2);
        var store = handler.Services.GetRequiredService<IStateStore>();
        var before = (await store.ReadTargetAsync(RunningHandler.Web, Cancellation)).Version;

        var first = await GetAsync(handler, "api/v1/backtest/web?days=1");
        var second = await GetAsync(handler, "api/v1/backtest/web?days=1");

        Assert.Equal(first.GetRawText(), second.GetRawText());
        Assert.Equal(before, (await store.ReadTargetAsync(RunningHandler.Web, Cancellation)).Version);
    }

    private static async Task<RunningHandler> StartAsync(int days)
    {
        var handler = await RunningHandler.StartAsync(TimeSpan.FromDays(days), change: null);
        await KnowAsync(handler);
        return handler;
    }

    /// <summary>Rows as an evaluation leaves them; of the second target nothing is known but its name.</summary>
    private static async Task KnowAsync(RunningHandler handler)
    {
        var standing = new TargetStanding { Workload = "workloads", Mode = Core.Policies.PolicyMode.Act, Minimum = 2, Maximum = 12, Region = "westeurope", Sku = "Standard_D4s_v5", Signals = [] };
        var store = handler.Services.GetRequiredService<IStateStore>();
        var (web, api) = (await store.ReadTargetAsync(RunningHandler.Web, Cancellation), await store.ReadTargetAsync(RunningHandler.Api, Cancellation));
        await store.WriteTargetsAsync([web with { Standing = standing }, api with { Standing = null }], Cancellation);
    }

    private static async Task<JsonElement> GetAsync(RunningHandler handler, string path)
    {
        using var response = await handler.Client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task<string> RefusedAsync(RunningHandler handler, string path, HttpStatusCode status)
    {
        using var response = await handler.Client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        Assert.Equal((status, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation)).RootElement.GetProperty("detail").GetString()!;
    }
}
