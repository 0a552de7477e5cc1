using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>
/// A demand in steps, between less than the minimum needs and more than the maximum carries. From the calm on it stays as it is.
/// </summary>
internal sealed class StirredLoad(DateTimeOffset start, int phase, TimeSpan step) : ILoadSource
{
    // In instances of 80 % CPU: for a target of 60 % a demand of 3 wants 4 instances, 12 want 16, 0.5 wants 1.
    private static readonly double[] Steps = [3, 8, 0.5, 12, 5, 1.5, 10, 6.1];

    public DateTimeOffset Calm { get; set; } = DateTimeOffset.MaxValue;

    public double DemandAt(DateTimeOffset at)
    {
        var minutes = ((at < Calm ? at : Calm) - start).TotalMinutes + phase;
        var number = (int)Math.Floor(minutes / step.TotalMinutes) + (phase * 3);
        return Steps[((number % Steps.Length) + Steps.Length) % Steps.Length];
    }
}
