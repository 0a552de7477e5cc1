using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.App.Commands;

namespace ScaleFunctions.App.Local;

/// <summary>Keeps a state directory to one worker: whoever decides and acts, for a run or for once.</summary>
internal static class WorkerTurn
{
    /// <summary>Takes the lock.</summary>
    /// <exception cref="UserErrorException">Somebody has it; says who.</exception>
    public static WorkerLock Take(string state) => WorkerLock.TryTake(state, TimeProvider.System) switch
    {
        WorkerLockResult.Taken taken => taken.Lock,
        WorkerLockResult.Held held => throw new UserErrorException(
            $"another worker runs on the state in {state} ({held.By}); end it first, or name another directory with --state. "
            + "Reads and handles (why, history, pause, kill-switch) work beside it."),
        _ => throw new InvalidOperationException("a lock is taken or held"),
    };
}
