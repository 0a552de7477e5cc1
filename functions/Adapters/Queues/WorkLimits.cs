using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.Adapters.Queues;

/// <summary>Refuses what the port does not allow, alike for every queue.</summary>
internal static class WorkLimits
{
    public static void RequireReceive(int most, TimeSpan lease)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, IWorkSource.MostReceived);
        ArgumentOutOfRangeException.ThrowIfLessThan(lease, IWorkSource.ShortestLease);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lease, IWorkSource.LongestLease);
    }

    public static void RequireAbandon(TimeSpan visibleAfter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(visibleAfter, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(visibleAfter, IWorkSource.LongestLease);
    }
}
