using System.IO.MemoryMappedFiles;

namespace ScaleFunctions.Scale.Benchmarks;

/// <summary>
/// The time as every process has it at once: one that was stopped and goes on reads the true time from its first step on, as it would
/// from the machine's clock. A clock that has to be told the time would be minutes behind just then.
/// </summary>
internal sealed class SharedClock : TimeProvider, IDisposable
{
    private readonly TimeProvider _own;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _ticks;

    /// <param name="path">A file that holds the time; made when there is none.</param>
    /// <param name="own">The clock of the simulated Azure as this process knows it: timers, and the time spent here.</param>
    public SharedClock(string path, TimeProvider own)
    {
        _own = own;
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        _file = MemoryMappedFile.CreateFromFile(stream, null, sizeof(long), MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
        _ticks = _file.CreateViewAccessor(0, sizeof(long));
    }

    public override long TimestampFrequency => _own.TimestampFrequency;

    public override DateTimeOffset GetUtcNow()
    {
        var (told, own) = (_ticks.ReadInt64(0), _own.GetUtcNow());
        return told > own.UtcTicks ? new DateTimeOffset(told, TimeSpan.Zero) : own;
    }

    public override long GetTimestamp() => _own.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _own.CreateTimer(callback, state, dueTime, period);

    /// <summary>Has every process see the time of this one.</summary>
    public void Share() => _ticks.Write(0, _own.GetUtcNow().UtcTicks);

    public void Dispose()
    {
        _ticks.Dispose();
        _file.Dispose();
    }
}
