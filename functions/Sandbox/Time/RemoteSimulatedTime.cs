using System.Net.Http.Json;
using ScaleFunctions.Sandbox.Connections;
using ScaleFunctions.Sandbox.Control;

namespace ScaleFunctions.Sandbox.Time;

/// <summary>
/// Mirrors the clock of a sandbox in another process through its control endpoint. The mirror is as new as the last
/// answer of the sandbox that this process saw, or the last <see cref="RefreshAsync"/>.
/// </summary>
public sealed class RemoteSimulatedTime : ISimulatedTime, IDisposable
{
    private readonly HttpClient _client;
    private readonly SimulatedClock _mirror;

    private RemoteSimulatedTime(HttpClient client, DateTimeOffset now)
    {
        _client = client;
        _mirror = new SimulatedClock(now);
    }

    public TimeProvider Clock => _mirror;

    /// <summary>Reads the other clock once and mirrors it from then on.</summary>
    public static async Task<RemoteSimulatedTime> ConnectAsync(SandboxConnection connection, CancellationToken cancellationToken)
    {
        // The time-out is off: a paced sandbox answers only when its speed allows.
        var client = new HttpClient(connection.CreateSocketsHandler())
        {
            BaseAddress = new Uri($"https://{ControlEndpoint.Host}"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        var reading = await client.GetFromJsonAsync("/clock", ControlJson.Default.ClockReport, cancellationToken).ConfigureAwait(false);
        return new RemoteSimulatedTime(client, reading!.Now);
    }

    public async ValueTask RefreshAsync(CancellationToken cancellationToken)
    {
        var reading = await _client.GetFromJsonAsync("/clock", ControlJson.Default.ClockReport, cancellationToken).ConfigureAwait(false);
        Observe(reading!.Now);
    }

    public async ValueTask AdvanceToAsync(DateTimeOffset to, CancellationToken cancellationToken)
    {
        using var response = await _client.PostAsJsonAsync(
            "/clock", new ClockReport(to), ControlJson.Default.ClockReport, cancellationToken).ConfigureAwait(false);
        await ObserveAsync(response, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask SpendAsync(TimeSpan simulated, CancellationToken cancellationToken)
    {
        using var response = await _client.PostAsJsonAsync(
            "/clock/spend", new SpendRequest(simulated), ControlJson.Default.SpendRequest, cancellationToken).ConfigureAwait(false);
        await ObserveAsync(response, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _client.Dispose();

    internal void Observe(DateTimeOffset now) => _mirror.MoveTo(now);

    private async ValueTask ObserveAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        response.EnsureSuccessStatusCode();
        var reading = await response.Content.ReadFromJsonAsync(ControlJson.Default.ClockReport, cancellationToken).ConfigureAwait(false);
        Observe(reading!.Now);
    }
}
