using System.Globalization;
using System.Text.Json;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Adapters.Storage;

/// <summary>
/// Keeps a state directory to one worker. The operating system holds the lock on <c>worker.lock</c> and lets it go when the
/// process ends, however it ends. Who holds it stands in <c>worker.json</c> beside it: an exclusively opened file cannot be
/// read by others, on any system.
/// </summary>
public sealed class WorkerLock : IDisposable
{
    private readonly FileStream _file;

    private WorkerLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or says who has it.</summary>
    /// <exception cref="StateStoreException">The directory cannot hold a lock.</exception>
    public static WorkerLockResult TryTake(string directory, TimeProvider time) => TryTake(directory, time, mountTable: null);

    internal static WorkerLockResult TryTake(string directory, TimeProvider time, string? mountTable)
    {
        var path = LocalDirectory.Require(directory, mountTable);
        var holder = Path.Combine(path, "worker.json");
        try
        {
            if (Lock(Path.Combine(path, "worker.lock")) is not { } file)
            {
                return new WorkerLockResult.Held(Describe(holder));
            }

            return new WorkerLockResult.Taken(Sign(file, holder, time));
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new StateStoreException(
                $"The worker lock in {path} cannot be taken: {exception.Message} Make the directory writable for this account, or name "
                + "another directory with --state.",
                exception);
        }
    }

    public void Dispose() => _file.Dispose();

    private static WorkerLock Sign(FileStream file, string holder, TimeProvider time)
    {
        try
        {
            var worker = new WorkerLockHolder(Environment.ProcessId, time.GetUtcNow());
            File.WriteAllText(holder, JsonSerializer.Serialize(worker, StorageJson.Default.WorkerLockHolder));
            return new WorkerLock(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The open file, or null when somebody else has it open.</summary>
    private static FileStream? Lock(string file)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (IsSharingViolation(exception))
        {
            return null;
        }
    }

    // Windows: ERROR_SHARING_VIOLATION. Elsewhere the error number of EWOULDBLOCK: 11 on Linux, 35 on macOS.
    private static bool IsSharingViolation(IOException exception) =>
        exception.HResult is unchecked((int)0x80070020) or 11 or 35;

    private static string Describe(string holder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(holder), StorageJson.Default.WorkerLockHolder) is { } known
                ? string.Create(CultureInfo.InvariantCulture, $"held by process {known.ProcessId} since {known.Since:yyyy-MM-dd HH:mm:ss}Z")
                : "held by another process";
        }
        catch (Exception exception) when (exception is IOException or JsonException or UnauthorizedAccessException)
        {
            return "held by another process";
        }
    }
}
