namespace ScaleFunctions.Sandbox.Load;

/// <summary>A demand that changes at given times and holds between them; the first value holds before them.</summary>
public sealed class SteppedLoad(double first, IReadOnlyList<(DateTimeOffset At, double Demand)> steps) : ILoadSource
{
    private readonly (DateTimeOffset At, double Demand)[] _steps = [.. steps.OrderBy(step => step.At)];

    public double DemandAt(DateTimeOffset at)
    {
        var demand = first;
        foreach (var step in _steps)
        {
            if (step.At > at)
            {
                break;
            }

            demand = step.Demand;
        }

        return demand;
    }
}
