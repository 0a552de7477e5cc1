using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>A rollout of policies over HTTP.</summary>
public sealed class ApiRolloutTests : IDisposable
{
    private const string Promote = "api/v1/approvals/rollout/promote";

    private const string Halt = "api/v1/rollout/halt";

    private readonly PolicyGround _files = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_told_halted_and_promoted()
    {
        await using var handler = await StartAsync();
        Assert.Equal(JsonValueKind.Null, (await GetAsync(handler)).GetProperty("rollout").ValueKind);
        var (first, second) = await BeginAsync(handler);

        var open = (await GetAsync(handler)).GetProperty("rollout");
        Assert.Equal((second, first, "canary"), (Text(open, "next"), Text(open, "before"), Text(open, "ring")));
        Assert.Equal(["failed True", "breached True", "doubtful True", "quarantined True", "evaluated False", "soak False"], open.GetProperty("criteria").EnumerateArray().Select(each => $"{Text(each, "name")} {each.GetProperty("isMet").GetBoolean()}"));

        var halted = await PostAsync(handler, Halt, """{"by":"ann","reason":"flaps"}""");
        Assert.Equal(HttpStatusCode.OK, halted.Status);
        Assert.StartsWith($"the rollout of policy set {second[..12]} is halted; {first[..12]} counts for all", Text(halted.Json, "what"), StringComparison.Ordinal);
        Assert.StartsWith($"the rollout of policy set {second[..12]} was halted already by ann: flaps", Text((await PostAsync(handler, Halt, """{"by":"bob","reason":"too"}""")).Json, "what"), StringComparison.Ordinal);
        Assert.Equal("ann", Text((await GetAsync(handler)).GetProperty("rollout").GetProperty("halt"), "by"));

        var again = await PostAsync(handler, Promote, """{"by":"ann","reason":"was the network"}""");
        Assert.Contains("counts for the ring 'canary' from the next look on, and must do well there for 1h", Text(again.Json, "what"), StringComparison.Ordinal);
        var all = await PostAsync(handler, Promote, """{"by":"ann","reason":"sure","all":true}""");
        Assert.Contains("counts for all from the next look on", Text(all.Json, "what"), StringComparison.Ordinal);
        var status = await GetAsync(handler);
        Assert.Equal((second, JsonValueKind.Null), (Text(status, "inForce"), status.GetProperty("rollout").ValueKind));
    }

    /// <summary>Sent again because the answer was lost, a call does nothing more.</summary>
    [Fact]
    public async Task The_same_call_again_promotes_once()
    {
        await using var handler = await StartAsync();
        await BeginAsync(handler);

        var one = await PostAsync(handler, Promote, """{"by":"ann","reason":"sure"}""", "key-1");
        var other = await PostAsync(handler, Promote, """{"by":"ann","reason":"sure"}""", "key-1");

        Assert.Equal(Text(one.Json, "what"), Text(other.Json, "what"));
        Assert.Equal("most", Text((await GetAsync(handler)).GetProperty("rollout"), "ring"));
    }

    /// <summary>Two people who saw the same status promote it once, and the ring between is not skipped.</summary>
    [Fact]
    public async Task Who_names_another_set_or_ring_than_is_rolled_out_promotes_nothing()
    {
        await using var handler = await StartAsync();
        var (first, second) = await BeginAsync(handler);
        var named = $$"""{"by":"ann","reason":"sure","set":"{{second[..8]}}","ring":"canary"}""";

        var other = await PostAsync(handler, Promote, $$"""{"by":"ann","reason":"sure","set":"{{first}}"}""");
        Assert.Equal((HttpStatusCode.Conflict, $"policy set {second[..12]} is rolled out, not '{first}': nothing was promoted"), (other.Status, Text(other.Json, "detail")));
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(handler, Promote, """{"by":"ann","reason":"sure","set":""}""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(handler, Promote, named)).Status);
        var late = await PostAsync(handler, Promote, named);

        Assert.Equal((HttpStatusCode.Conflict, $"the ring 'most' has policy set {second[..12]} by now, not 'canary': nothing was promoted"), (late.Status, Text(late.Json, "detail")));
        Assert.Equal("most", Text((await GetAsync(handler)).GetProperty("rollout"), "ring"));
    }

    [Theory]
    [InlineData(Promote, """{"by":"ann"}""", HttpStatusCode.BadRequest)]
    [InlineData(Promote, """{"by":"ann","reason":"r","al":true}""", HttpStatusCode.BadRequest)]
    [InlineData(Halt, """{"by":"ann"}""", HttpStatusCode.BadRequest)]
    [InlineData("api/v1/rollout/promote", """{"by":"ann","reason":"r"}""", HttpStatusCode.NotFound)]
    public async Task What_is_no_such_call_is_refused(string path, string body, HttpStatusCode status)
    {
        await using var handler = await StartAsync();
        await BeginAsync(handler);

        Assert.Equal(status, (await PostAsync(handler, path, body)).Status);

        Assert.Equal("canary", Text((await GetAsync(handler)).GetProperty("rollout"), "ring"));
    }

    [Theory]
    [InlineData(Promote)]
    [InlineData(Halt)]
    public async Task Without_one_there_is_nothing_to_promote_or_halt(string path)
    {
        await using var handler = await StartAsync();

        var answer = await PostAsync(handler, path, """{"by":"ann","reason":"r"}""");

        Assert.Equal((HttpStatusCode.NotFound, "no policy set is rolled out; what is in force counts for all"), (answer.Status, Text(answer.Json, "detail")));
    }

    public void Dispose() => _files.Dispose();

    private async Task<RunningHandler> StartAsync()
    {
        await SamplePolicies.WriteToAsync(_files.Policies);
        await File.WriteAllTextAsync(
            Path.Combine(_files.Policies, "guardrails.yml"),
            """
            apiVersion: scalefunctions/v1
            kind: Guardrails
            metadata: { name: platform }
            spec:
              rollout:
                rings: [{ name: canary, share: 10%, soak: 1h }, { name: most, share: 99% }]
            """,
            Cancellation);
        return await RunningHandler.StartAsync(services => services.AddSingleton<IPolicySource>(provider => new PolicyWatch(
            new DirectoryPolicies(_files.Policies), provider.GetRequiredService<RowStore>(), provider.GetRequiredService<ResourceKinds>(), provider.GetRequiredService<TimeProvider>(),
            _ => { }, provider.GetRequiredService<LastGoodPolicies>(), wall: _files.Time)));
    }

    private async Task<(string First, string Second)> BeginAsync(RunningHandler handler)
    {
        var source = handler.Services.GetRequiredService<IPolicySource>();
        var first = await source.CurrentAsync(Cancellation);
        _files.Edit("horizontal-scaling.yml", "maximum: 12", "maximum: 11");
        await source.CurrentAsync(Cancellation);
        _files.Time.Ahead += PolicyLooks.Settled;
        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
        return (first.Version, (await source.CurrentAsync(Cancellation)).Rollout!.Next.Version);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static async Task<JsonElement> GetAsync(RunningHandler handler)
    {
        using var response = await handler.Client.GetAsync(new Uri("api/v1/rollout", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation));
    }

    private static async Task<(HttpStatusCode Status, JsonElement Json)> PostAsync(RunningHandler handler, string path, string body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key ?? $"{Guid.NewGuid()}");
        using var response = await handler.Client.SendAsync(request, Cancellation);
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation)));
    }
}
