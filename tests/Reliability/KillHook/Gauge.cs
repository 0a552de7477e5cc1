using System.Diagnostics;
using System.Globalization;

namespace ScaleFunctions.Reliability.KillHook;

/// <summary>
/// Measures the process it is in once in so many ticks, and appends a line to a file: ticks, bytes of the heap after a full
/// collection, resident bytes, open handles.
/// </summary>
internal sealed class Gauge(string file)
{
    private const int TicksBetween = 30;

    private int _ticks;

    /// <summary>Called when a tick has ended.</summary>
    public void Tick()
    {
        var ticks = Interlocked.Increment(ref _ticks);
        if (ticks % TicksBetween == 0)
        {
            using var self = Process.GetCurrentProcess();
            var heap = GC.GetTotalMemory(forceFullCollection: true);
            var handles = Directory.GetFileSystemEntries("/proc/self/fd").Length;
            File.AppendAllText(file, string.Create(CultureInfo.InvariantCulture, $"{ticks} {heap} {self.WorkingSet64} {handles}\n"));
        }
    }
}
