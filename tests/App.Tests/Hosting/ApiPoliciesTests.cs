using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>Sets of policies over HTTP.</summary>
public sealed class ApiPoliciesTests : IDisposable
{
    private readonly PolicyGround _files = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sets_are_listed_compared_and_chosen()
    {
        await using var handler = await StartAsync();
        var (first, second) = await TwoSetsAsync(handler);

        var list = (await GetAsync(handler, "api/v1/policies")).Json;
        Assert.Equal([second, first], list.GetProperty("sets").EnumerateArray().Select(set => set.GetProperty("version").GetString()));
        var difference = (await GetAsync(handler, $"api/v1/policies/diff?from={first[..12]}&to=in-force")).Json.GetProperty("differences").EnumerateArray().Single();
        Assert.Equal(
            ("HorizontalScaling horizontal-scaling", "spec.instances.maximum", "12", "11"),
            (Text(difference, "policy"), Text(difference, "field"), Text(difference, "before"), Text(difference, "after")));

        var chosen = await PostAsync(handler, $$"""{"by":"ann","reason":"flaps","set":"{{first[..12]}}"}""");
        Assert.Equal(HttpStatusCode.OK, chosen.Status);
        Assert.StartsWith($"policy set {first[..12]} counts from the next look on", Text(chosen.Json, "what"), StringComparison.Ordinal);
        Assert.Equal("ann", Text((await GetAsync(handler, "api/v1/policies")).Json.GetProperty("choice"), "by"));
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(handler, """{"by":"ann","reason":"mended","set":"latest"}""")).Status);
        Assert.Equal(JsonValueKind.Null, (await GetAsync(handler, "api/v1/policies")).Json.GetProperty("choice").ValueKind);
    }

    [Theory]
    [InlineData("""{"by":"ann","reason":"r"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"by":"ann","set":"latest"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"by":"ann","reason":"r","set":"latest"}""", HttpStatusCode.NotFound)]
    [InlineData("""{"by":"ann","reason":"r","set":"00000000"}""", HttpStatusCode.NotFound)]
    [InlineData("""{"by":"ann","reason":"r","set":"policies"}""", HttpStatusCode.NotFound)]
    public async Task What_is_no_choice_is_refused(string body, HttpStatusCode status)
    {
        await using var handler = await StartAsync();
        await TwoSetsAsync(handler);

        Assert.Equal(status, (await PostAsync(handler, body)).Status);

        Assert.Null((await handler.Services.GetRequiredService<IStateStore>().ReadFleetAsync(Cancellation)).Choice);
    }

    [Theory]
    [InlineData("api/v1/policies/diff", HttpStatusCode.BadRequest)]
    [InlineData("api/v1/policies/diff?to=waiting", HttpStatusCode.NotFound)]
    [InlineData("api/v1/policies/diff?to=/etc", HttpStatusCode.NotFound)]
    public async Task What_cannot_be_compared_is_told(string path, HttpStatusCode status)
    {
        await using var handler = await StartAsync();
        await TwoSetsAsync(handler);

        Assert.Equal(status, (await GetAsync(handler, path)).Status);
    }

    public void Dispose() => _files.Dispose();

    private async Task<RunningHandler> StartAsync()
    {
        await SamplePolicies.WriteToAsync(_files.Policies);
        return await RunningHandler.StartAsync(services => services.AddSingleton<IPolicySource>(provider => new PolicyWatch(
            new DirectoryPolicies(_files.Policies), provider.GetRequiredService<RowStore>(), provider.GetRequiredService<ResourceKinds>(), provider.GetRequiredService<TimeProvider>(),
            _ => { }, provider.GetRequiredService<LastGoodPolicies>(), wall: _files.Time)));
    }

    private async Task<(string First, string Second)> TwoSetsAsync(RunningHandler handler)
    {
        var source = handler.Services.GetRequiredService<IPolicySource>();
        var first = await source.CurrentAsync(Cancellation);
        _files.Edit("horizontal-scaling.yml", "maximum: 12", "maximum: 11");
        await source.CurrentAsync(Cancellation);
        _files.Time.Ahead += PolicyLooks.Settled;

        // Which of two sets came into force last is told by when.
        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
        return (first.Version, (await source.CurrentAsync(Cancellation)).Version);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static async Task<(HttpStatusCode Status, JsonElement Json)> GetAsync(RunningHandler handler, string path)
    {
        using var response = await handler.Client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation)));
    }

    private static async Task<(HttpStatusCode Status, JsonElement Json)> PostAsync(RunningHandler handler, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/approvals/policies") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", $"{Guid.NewGuid()}");
        using var response = await handler.Client.SendAsync(request, Cancellation);
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation)));
    }
}
