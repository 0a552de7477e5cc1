using System.Diagnostics;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>Lets a part of a millisecond pass, of which sleeping makes a whole one and more.</summary>
internal static class Moment
{
    public static void Pass(TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < time)
        {
            Thread.SpinWait(20);
        }
    }
}
