namespace ScaleFunctions.Core.Backtests;

/// <summary>Lets a policy lead a simulated fleet through a demand series, a minute at a time.</summary>
public static class FleetReplay
{
    private const double FullLoadCpu = FleetModel.FullLoadCpuPercent / 100;

    /// <summary>Under the terms of the protocol.</summary>
    public static FleetCourse Run(DemandSeries series, IFleetPolicy policy, CancellationToken cancellationToken = default) =>
        Run(series, policy, FleetTerms.OfProtocol(series), cancellationToken);

    public static FleetCourse Run(DemandSeries series, IFleetPolicy policy, FleetTerms terms, CancellationToken cancellationToken = default)
    {
        var fleet = new FleetModel(terms.FirstInstances, terms.BootMinutes);
        var demand = series.Demand;
        var serving = new int[demand.Length];
        var billed = new int[demand.Length];
        var changes = new int[demand.Length];
        var cpu = new double[demand.Length];
        var load = new double[demand.Length];
        for (var minute = 0; minute < demand.Length; minute++)
        {
            if (minute >= ScalingProtocol.FirstDecision)
            {
                var seen = minute - ScalingProtocol.LagMinutes + 1;
                var before = fleet.Capacity;
                var wanted = policy.Decide(new FleetView
                {
                    Minute = minute,
                    Ready = fleet.Ready,
                    Capacity = before,
                    Cpu = cpu.AsSpan(0, seen),
                    Serving = serving.AsSpan(0, seen),
                    Load = load.AsSpan(0, seen),
                });
                fleet.Request(Math.Clamp(wanted, terms.MinimumInstances, terms.MaximumInstances));
                changes[minute] = fleet.Capacity - before;
            }

            if (minute % ScalingProtocol.MinutesPerDay == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var passed = fleet.Step(demand[minute]);
            serving[minute] = passed.Ready;
            billed[minute] = passed.Capacity;
            cpu[minute] = passed.CpuPercent.GetValueOrDefault() / 100;
            load[minute] = cpu[minute] * passed.Ready / FullLoadCpu;
        }

        return new FleetCourse(serving, billed, changes);
    }
}
