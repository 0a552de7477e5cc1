using Microsoft.Extensions.Logging;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Throttling;

namespace ScaleFunctions.Adapters.Throttling;

/// <summary>
/// A piece of work with Azure: until when it may wait for Azure's limits, and what the other workers know of them, asked at most
/// every half minute.
/// </summary>
public sealed class AzureTurns
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly AzureConnection _connection;
    private readonly LaneGates _gates;
    private readonly LaneBoard? _board;
    private readonly ILogger<AzureTurns> _logger;
    private long _exchangedAt;

    internal AzureTurns(AzureConnection connection, LaneGates gates, LaneBoard? board, ILogger<AzureTurns> logger) =>
        (_connection, _gates, _board, _logger) = (connection, gates, board, logger);

    /// <summary>Until it is disposed of, what the caller awaits waits for Azure's limits no longer than this; the rest is deferred.</summary>
    public IDisposable Begin(TimeSpan longest) => _connection.Deadline.Begin(_connection.Time.GetUtcNow() + longest);

    /// <summary>
    /// For work that has to end: until it is disposed of, what the caller awaits neither waits for Azure's limits nor asks Azure
    /// longer than this; the rest fails, and is told.
    /// </summary>
    public IDisposable BeginWork(TimeSpan longest) => _connection.Deadline.BeginWork(longest, TimeProvider.System);

    /// <summary>Whether the time of <see cref="BeginWork"/> is up.</summary>
    public bool IsOver => _connection.Deadline.IsOver;

    /// <summary>Exchanges news with the other workers, when it is time. A store at fault is told, and no fault of the work.</summary>
    public async Task ExchangeAsync(CancellationToken cancellationToken)
    {
        var now = _connection.Time.GetUtcNow();
        var last = Interlocked.Read(ref _exchangedAt);
        if (_board is null || now.UtcTicks - last < Pause.Ticks || Interlocked.CompareExchange(ref _exchangedAt, now.UtcTicks, last) != last)
        {
            return;
        }

        try
        {
            var (workers, closures) = await _board.ExchangeAsync(_gates.Closures, now, cancellationToken).ConfigureAwait(false);
            _gates.Learn(workers, closures);
        }
        catch (StateStoreException exception)
        {
            // What was known before still holds; without the others' news Azure tells itself.
            Log.NotExchanged(_logger, exception.Message);
        }
    }

    private static class Log
    {
        private static readonly Action<ILogger, string, Exception?> NotExchangedMessage = LoggerMessage.Define<string>(
            LogLevel.Warning, new EventId(3012, nameof(NotExchanged)), "What other instances know of Azure's limits could not be read: {Reason}");

        public static void NotExchanged(ILogger logger, string reason) => NotExchangedMessage(logger, reason, null);
    }
}
