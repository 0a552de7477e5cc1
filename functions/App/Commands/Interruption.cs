using System.Runtime.InteropServices;

namespace ScaleFunctions.App.Commands;

/// <summary>
/// Ends a verb in order when the process is asked to end, from its first moment on. The command line library listens only once
/// a verb has come to its first wait: a signal before that would end the process by other rules.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly Lock _turn = new();
    private readonly CancellationTokenSource _asked = new();
    private readonly PosixSignalRegistration[] _signals;
    private readonly TimeSpan _farewell;
    private Timer? _force;
    private int? _exitCode;
    private bool _isOver;

    /// <param name="farewell">How long a verb may take to end before the process ends all the same.</param>
    public Interruption(TimeSpan farewell)
    {
        _farewell = farewell;
        _signals =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Ask(context, ExitCodes.Interrupted)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Ask(context, ExitCodes.Terminated)),
        ];
    }

    /// <summary>Cancelled when the process is asked to end.</summary>
    public CancellationToken Asked => _asked.Token;

    /// <summary>The code of work that was not done: by the first signal that came.</summary>
    public int ExitCode => _exitCode ?? ExitCodes.Interrupted;

    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        lock (_turn)
        {
            _isOver = true;
            _force?.Dispose();
            _asked.Dispose();
        }
    }

    // Asked again nothing more happens: what is under way is being finished.
    private void Ask(PosixSignalContext context, int exitCode)
    {
        lock (_turn)
        {
            context.Cancel = !_isOver;
            if (!_isOver && _exitCode is null)
            {
                _exitCode = exitCode;
                _force = new Timer(_ => Environment.Exit(exitCode), null, _farewell, Timeout.InfiniteTimeSpan);
                _ = _asked.CancelAsync();
            }
        }
    }
}
