namespace ScaleFunctions.Adapters.Storage;

/// <summary>The answer to an attempt to become the worker of a state directory.</summary>
public abstract record WorkerLockResult
{
    private WorkerLockResult()
    {
    }

    public sealed record Taken(WorkerLock Lock) : WorkerLockResult;

    /// <param name="By">For example <c>held by process 4711 since 2026-11-23 18:00:00Z</c>.</param>
    public sealed record Held(string By) : WorkerLockResult;
}
