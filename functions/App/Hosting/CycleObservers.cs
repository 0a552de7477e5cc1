using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Hosting;

internal static class CycleObservers
{
    public static void Tell(this IEnumerable<ICycleObserver> observers, TickReport report)
    {
        foreach (var observer in observers)
        {
            observer.Observe(report);
        }
    }
}
