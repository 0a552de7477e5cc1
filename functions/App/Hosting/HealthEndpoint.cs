using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting;

/// <summary>
/// <c>GET /healthz</c>: 200 while ticks finish, 503 with a reason when they do not, for whoever asks. It tells nothing of the
/// estate, and however often it is asked the state is read once in a few seconds.
/// </summary>
internal sealed class HealthEndpoint(RowStore rows, CycleOptions options, TimeProvider time) : IDisposable
{
    /// <summary>Where it is.</summary>
    public const string Address = "/healthz";

    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(5);

    /// <summary>A state that answers later is as good as none to who asks.</summary>
    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _reading = new(1);
    private (DateTimeOffset At, FleetRow? Row)? _read;

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Address, AnswerAsync);

    public void Dispose() => _reading.Dispose();

    private async Task AnswerAsync(HttpContext context)
    {
        var fleet = await ReadAsync(context.RequestAborted);
        var (status, reason) = fleet is null ? (StatusCodes.Status503ServiceUnavailable, "the state cannot be read") : Of(TickHealth.Of(fleet, options.Interval, time.GetUtcNow()), fleet);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(reason, context.RequestAborted);
    }

    private static (int Status, string Reason) Of(TickHealth health, FleetRow fleet) => health switch
    {
        TickHealth.Ticking => (StatusCodes.Status200OK, $"ticks run{Troubles(fleet)}"),
        TickHealth.Ahead ahead => (StatusCodes.Status503ServiceUnavailable, $"the last tick finished {(long)ahead.By.TotalMinutes} minutes from now: a clock is wrong"),
        TickHealth.Stopped stopped => (StatusCodes.Status503ServiceUnavailable, $"no tick has finished for {(long)stopped.For.TotalMinutes} minutes"),
        _ => (StatusCodes.Status503ServiceUnavailable, "no tick has finished yet"),
    };

    private static string Troubles(FleetRow fleet) =>
        (fleet.PolicyTrouble is null ? "" : "; the policy files cannot be used, an earlier set is in force")
        + (fleet.UndeliveredAlerts == 0 ? "" : $"; {fleet.UndeliveredAlerts} alerts could not be delivered");

    /// <summary>The row, or nothing when it cannot be read. Those who ask meanwhile wait for the same read.</summary>
    private async Task<FleetRow?> ReadAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            if (_read is not { } read || (now - read.At).Duration() >= GoodFor)
            {
                _read = read = (now, await TryReadAsync());
            }

            return read.Row;
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task<FleetRow?> TryReadAsync()
    {
        using var deadline = new CancellationTokenSource(LongestRead);
        try
        {
            return await rows.ReadFleetAsync(deadline.Token);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A store that is away, or a row that is no row any more: the work tells and logs it, who asks here is told no more.
            return null;
        }
    }
}
