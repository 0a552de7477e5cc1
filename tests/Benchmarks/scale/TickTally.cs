using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.Scale.Benchmarks;

/// <summary>Counts what batches told. Writes are counted where they arrive.</summary>
internal sealed class TickTally : ICycleObserver
{
    private int _decisions;

    public void Observe(TickReport report) => Interlocked.Add(ref _decisions, report.Decisions);

    public int Take() => Interlocked.Exchange(ref _decisions, 0);
}
