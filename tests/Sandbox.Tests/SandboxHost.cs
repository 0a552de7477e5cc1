using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ScaleFunctions.Contract.Recording;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Sandbox.Tests;

/// <summary>A running sandbox and a plain client of it.</summary>
internal sealed class SandboxHost : IAsyncDisposable
{
    public const string Subscription = "00000000-0000-4000-8000-00000000000a";
    public const string Version = "2024-07-01";

    public static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    public static readonly TargetId Web = ScaleSetSpec.IdOf(Subscription, "shop", "web");

    private SandboxHost(SandboxServer server)
    {
        Server = server;
        Client = new HttpClient(server.Connection.CreateHandler(server.Clock));
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sandbox");
    }

    public SandboxServer Server { get; }

    public HttpClient Client { get; }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static ScaleSetSpec Service(string name, double demand = 4, int capacity = 5) => new()
    {
        Id = ScaleSetSpec.IdOf(Subscription, "shop", name),
        Load = new ConstantLoad(demand),
        InitialCapacity = capacity,
        Zones = ["1", "2"],
        Tags = new Dictionary<string, string> { ["app"] = name },
    };

    public static async Task<SandboxHost> StartAsync(Func<SandboxOptions, SandboxOptions>? change = null)
    {
        var options = new SandboxOptions { Start = Start, Estate = new EstateSpec([Service("web")]), Recorder = ExchangeRecorder.FromEnvironment };
        return new SandboxHost(await SandboxServer.StartAsync(change?.Invoke(options) ?? options, Cancel));
    }

    public static string Url(TargetId id, string suffix = "", string version = Version) =>
        $"https://management.azure.com{id}{suffix}?api-version={version}";

    public Task<Answer> GetAsync(string url) => SendAsync(HttpMethod.Get, url);

    public Task<Answer> PatchAsync(TargetId id, int capacity, string? ifMatch = null) =>
        SendAsync(HttpMethod.Patch, Url(id), $$"""{"sku": {"capacity": {{capacity}} } }""", ifMatch);

    public async Task<Answer> SendAsync(HttpMethod method, string url, string? body = null, string? ifMatch = null, string? requestId = null)
    {
        using var request = new HttpRequestMessage(method, url);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        if (requestId is not null)
        {
            request.Headers.Add("x-ms-client-request-id", requestId);
        }

        using var response = await Client.SendAsync(request, Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        var headers = response.Headers.ToDictionary(
            header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer((int)response.StatusCode, text, headers);
    }

    public ValueTask AdvanceAsync(TimeSpan by) => Server.Clock.AdvanceToAsync(Server.Clock.GetUtcNow() + by, Cancel);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }

    internal sealed record Answer(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
    {
        public JsonElement Json => JsonDocument.Parse(Text).RootElement;

        public string Code => Json.GetProperty("error").GetProperty("code").GetString()!;

        public int Capacity => Json.GetProperty("sku").GetProperty("capacity").GetInt32();

        public string State => Json.GetProperty("properties").GetProperty("provisioningState").GetString()!;

        public string ETag => Json.GetProperty("etag").GetString()!;
    }
}
