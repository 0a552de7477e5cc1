using System.Net;
using System.Text;
using System.Text.Json;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>The built program under a stand-in for the Functions host, from the timer to the change in Azure.</summary>
public sealed class HostedModeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HostedBuild.FrameworkDependent)]
    [InlineData(HostedBuild.Published)]
    public async Task A_tick_becomes_a_message_the_message_a_write_and_the_write_is_verified(HostedBuild build)
    {
        await using var world = await HostedWorld.StartAsync(build);
        await using var process = world.StartProcess(build);
        await process.ReadyAsync();

        (await process.PostAsync("ScaleTick", HostPosts.TimerWithoutStatus)).ShouldBe(HttpStatusCode.OK, process.Log);
        var message = Assert.Single(await world.ReceiveAsync("shop-evaluate"));
        Assert.Empty(world.Sandbox.Writes.All);

        // Twice: queues deliver at least once.
        (await process.PostAsync("Evaluate", HostPosts.Queue(message))).ShouldBe(HttpStatusCode.OK, process.Log);
        (await process.PostAsync("Evaluate", HostPosts.PlainQueue(message))).ShouldBe(HttpStatusCode.OK, process.Log);

        var write = Assert.Single(world.Sandbox.Writes.All);
        Assert.Equal((RunningHandler.Web.Value, true, 2), (write.Path, write.IsEffective, write.CapacityBefore));
        Assert.True(write.CapacityAfter > 2);
        Assert.Equal(["management.azure.com", "westeurope.metrics.monitor.azure.com"], world.HostsAsked.Order());
        Assert.True(world.Identity.Tokens > 0);

        await world.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(2), Cancellation);
        var look = $$"""{"target":"{{RunningHandler.Web.Value}}"}""";
        (await process.PostAsync("Verify", HostPosts.Queue(look))).ShouldBe(HttpStatusCode.OK, process.Log);
        Assert.Contains("IntentEnded", await KindsAsync(process));
        Assert.Equal("done", (await LastAsync(process, "IntentEnded")).GetProperty("facts").GetProperty("end").GetString(), ignoreCase: true);
        Assert.DoesNotContain("AccountKey", process.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HostedBuild.FrameworkDependent)]
    [InlineData(HostedBuild.Published)]
    public async Task A_foreign_change_that_an_event_told_of_is_drift_in_its_words(HostedBuild build)
    {
        await using var world = await HostedWorld.StartAsync(build);
        await using var process = world.StartProcess(build);
        await process.ReadyAsync();
        await TickAsync(world, process);
        world.Sandbox.Estate.SetCapacity(RunningHandler.Api, 3);
        var at = world.Sandbox.Clock.GetUtcNow();
        var told = HostPosts.EventGrid.Replace("2026-01-05T09:00:00.1234567Z", at.ToString("O"), StringComparison.Ordinal)
            .Replace("virtualMachineScaleSets/web", "virtualMachineScaleSets/api", StringComparison.Ordinal);

        (await process.PostAsync("ResourceEvent", told)).ShouldBe(HttpStatusCode.OK, process.Log);
        (await process.PostAsync("ResourceEvent", told)).ShouldBe(HttpStatusCode.OK, process.Log);
        await NextMinuteAsync();
        await world.CatchUpAsync();
        await TickAsync(world, process);

        var drift = await LastAsync(process, "Drift");
        Assert.Equal(RunningHandler.Api.Key, drift.GetProperty("chain").GetString());
        Assert.Contains($"Microsoft.Compute/virtualMachineScaleSets/write at {at:HH:mm:ss}", drift.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("CANARY", process.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HostedBuild.FrameworkDependent)]
    [InlineData(HostedBuild.Published)]
    public async Task Forwarded_calls_come_as_they_are(HostedBuild build)
    {
        await using var world = await HostedWorld.StartAsync(build);
        await using var process = world.StartProcess(build);
        await process.ReadyAsync();

        using var call = new HttpRequestMessage(HttpMethod.Post, "api/v1/evaluate") { Content = new StringContent("""{"act":true,"targets":["web"]}""", Encoding.UTF8) };
        call.Headers.Add("Idempotency-Key", "k");
        using var answer = await process.Client.SendAsync(call, Cancellation);
        using var unknown = await process.Client.GetAsync(new Uri("api/v1/nothing?code=CANARY-key", UriKind.Relative), Cancellation);

        Assert.True(answer.StatusCode == HttpStatusCode.OK, process.Log);
        Assert.Single(world.Sandbox.Writes.Effective);
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (unknown.StatusCode, unknown.Content.Headers.ContentType?.MediaType));
        Assert.DoesNotContain("CANARY", process.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Killed_when_a_write_has_landed_it_does_not_write_again()
    {
        await using var world = await HostedWorld.StartAsync();
        var first = world.StartProcess();
        world.Sandbox.Observer = (observation, _) =>
        {
            if (observation.Moment == RequestMoment.Applied)
            {
                first.Kill();
            }

            return ValueTask.CompletedTask;
        };
        await using var _ = first;
        await first.ReadyAsync();
        (await first.PostAsync("ScaleTick", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK, first.Log);
        var message = Assert.Single(await world.ReceiveAsync("shop-evaluate"));
        await Assert.ThrowsAsync<HttpRequestException>(() => first.PostAsync("Evaluate", HostPosts.Queue(message)));
        Assert.NotEqual(0, (await first.EndAsync()).ExitCode);
        world.Sandbox.Observer = null;

        await using var second = world.StartProcess();
        await second.ReadyAsync();
        (await second.PostAsync("Evaluate", HostPosts.Queue(message))).ShouldBe(HttpStatusCode.OK, second.Log);
        await world.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(2), Cancellation);
        (await second.PostAsync("Verify", HostPosts.Queue($$"""{"target":"{{RunningHandler.Web.Value}}"}"""))).ShouldBe(HttpStatusCode.OK, second.Log);

        Assert.Single(world.Sandbox.Writes.All);
        Assert.Equal(1, (await KindsAsync(second)).Count(kind => kind == "IntentEnded"));
    }

    [Fact]
    public async Task Two_instances_share_the_state_and_make_one_change()
    {
        await using var world = await HostedWorld.StartAsync();
        await using var ticks = world.StartProcess();
        await using var evaluates = world.StartProcess();
        await ticks.ReadyAsync();
        await evaluates.ReadyAsync();

        (await ticks.PostAsync("ScaleTick", HostPosts.TimerWithoutStatus)).ShouldBe(HttpStatusCode.OK, ticks.Log);
        var message = Assert.Single(await world.ReceiveAsync("shop-evaluate"));

        // Delivered twice, and to both at once: what one has opened, the other must see.
        var answers = await Task.WhenAll(
            evaluates.PostAsync("Evaluate", HostPosts.Queue(message)), ticks.PostAsync("Evaluate", HostPosts.Queue(message)));
        Assert.All(answers, answer => answer.ShouldBe(HttpStatusCode.OK, $"{ticks.Log}\n{evaluates.Log}"));

        var write = Assert.Single(world.Sandbox.Writes.Effective);
        Assert.Equal((RunningHandler.Web.Value, 2), (write.Path, write.CapacityBefore));
        await world.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(2), Cancellation);
        (await ticks.PostAsync("Verify", HostPosts.Queue($$"""{"target":"{{RunningHandler.Web.Value}}"}"""))).ShouldBe(HttpStatusCode.OK, ticks.Log);

        var (one, other) = (await JournalAsync(ticks), await JournalAsync(evaluates));
        Assert.Equal(one.Select(entry => entry.GetRawText()), other.Select(entry => entry.GetRawText()));
        Assert.Equal(1, one.Count(entry => entry.GetProperty("kind").GetString() == "IntentOpened"));
        Assert.Equal(1, one.Count(entry => entry.GetProperty("kind").GetString() == "IntentEnded"));
        Assert.Equal(one.Count, one.Select(entry => (entry.GetProperty("chain").GetString(), entry.GetProperty("sequence").GetInt64())).Distinct().Count());
    }

    private static async Task TickAsync(HostedWorld world, HostedProcess process)
    {
        (await process.PostAsync("ScaleTick", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK, process.Log);
        foreach (var message in await world.ReceiveAsync("shop-evaluate"))
        {
            (await process.PostAsync("Evaluate", HostPosts.Queue(message))).ShouldBe(HttpStatusCode.OK, process.Log);
        }
    }

    /// <summary>A minute has one tick, by the system's time.</summary>
    private static Task NextMinuteAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        return Task.Delay(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(now.Ticks % TimeSpan.TicksPerMinute) + TimeSpan.FromMilliseconds(50), Cancellation);
    }

    private static async Task<IReadOnlyList<JsonElement>> JournalAsync(HostedProcess process)
    {
        var answer = JsonElement.Parse(await process.Client.GetStringAsync(new Uri("api/v1/changes?after=0", UriKind.Relative), Cancellation));
        return [.. answer.GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("entry"))];
    }

    private static async Task<IReadOnlyList<string>> KindsAsync(HostedProcess process) =>
        [.. (await JournalAsync(process)).Select(entry => entry.GetProperty("kind").GetString()!)];

    private static async Task<JsonElement> LastAsync(HostedProcess process, string kind)
    {
        var entries = await JournalAsync(process);
        var found = entries.LastOrDefault(entry => entry.GetProperty("kind").GetString() == kind);
        Assert.True(found.ValueKind == JsonValueKind.Object, $"no {kind} in the journal:\n{string.Join('\n', entries)}\n{process.Log}");
        return found;
    }
}
