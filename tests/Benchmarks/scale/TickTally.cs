using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.Scale.Benchmarks;

/// <summary>Counts what batches told.</summary>
internal sealed class TickTally : ICycleObserver
{
    private int _decisions;
    private int _writes;

    public void Observe(TickReport report)
    {
        Interlocked.Add(ref _decisions, report.Decisions);
        Interlocked.Add(ref _writes, report.Writes);
    }

    public (int Decisions, int Writes) Take() => (Interlocked.Exchange(ref _decisions, 0), Interlocked.Exchange(ref _writes, 0));
}
