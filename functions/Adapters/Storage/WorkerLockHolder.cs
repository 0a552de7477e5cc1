namespace ScaleFunctions.Adapters.Storage;

/// <summary>Who took the worker lock, for the message to the next one.</summary>
internal sealed record WorkerLockHolder(int ProcessId, DateTimeOffset Since);
