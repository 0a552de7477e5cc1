using System.Diagnostics.Tracing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ScaleFunctions.Adapters.Telemetry;

/// <summary>
/// Logs what OpenTelemetry otherwise tells to nobody: that a collector is away, refuses, or gets less than there was. Each kind
/// of trouble once, because it comes with every attempt; and its name only, because what it quotes may be an address with a key.
/// </summary>
internal sealed class TelemetryTroubles : EventListener, IHostedService
{
    private const string Sources = "OpenTelemetry-";

    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _told = [];
    private readonly List<EventSource> _early = [];

    public TelemetryTroubles(ILogger<TelemetryTroubles> logger) => _logger = logger;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Not within our lock: the runtime holds one of its own when it tells of a source, and takes it when one is listened to.
        EventSource[] early;
        lock (_gate)
        {
            early = [.. _early];
            _early.Clear();
        }

        Array.ForEach(early, Listen);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <remarks>The base class calls it while it is made, before there is a logger.</remarks>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (!eventSource.Name.StartsWith(Sources, StringComparison.Ordinal))
        {
            return;
        }

        lock (_gate)
        {
            if (_logger is null)
            {
                _early.Add(eventSource);
                return;
            }
        }

        Listen(eventSource);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        var what = eventData.EventName ?? $"event {eventData.EventId}";
        lock (_gate)
        {
            if (!_told.Add($"{eventData.EventSource.Name}/{what}"))
            {
                return;
            }
        }

        Log.Trouble(_logger, eventData.EventSource.Name, what);
    }

    private void Listen(EventSource source) => EnableEvents(source, EventLevel.Warning);

    private static class Log
    {
        private static readonly Action<ILogger, string, string, Exception?> TroubleMessage = LoggerMessage.Define<string, string>(
            LogLevel.Warning, new EventId(1521, nameof(Trouble)), "Telemetry is lost: {Source} says {Trouble}. The work goes on without; this is told once");

        public static void Trouble(ILogger logger, string source, string trouble) => TroubleMessage(logger, source, trouble, null);
    }
}
