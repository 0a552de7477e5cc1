namespace ScaleFunctions.Core.Backtests;

/// <summary>What a course of a fleet cost and how well it served, over the scored minutes.</summary>
/// <remarks>θ_U, θ_O, τ and instability are the elasticity measures of the SPEC research group on cloud.</remarks>
public sealed record ScalingMeasures
{
    public required double InstanceHours { get; init; }

    /// <summary>Share of minutes with fewer instances than the demand needed (τ_U).</summary>
    public required double ShortPercent { get; init; }

    /// <summary>Share of minutes with more instances than needed (τ_O).</summary>
    public required double OverPercent { get; init; }

    /// <summary>Missing instances relative to those needed, on the average of all minutes (θ_U).</summary>
    public required double ShortagePercent { get; init; }

    /// <summary>Instances too many relative to those needed, on the average of all minutes (θ_O).</summary>
    public required double SurplusPercent { get; init; }

    /// <summary>Share of minutes in which supply and need moved in different directions.</summary>
    public required double InstabilityPercent { get; init; }

    /// <summary>Share of the demand that found no instance.</summary>
    public required double LostPercent { get; init; }

    public required double ShortMinutesPerDay { get; init; }

    public required double ActionsPerDay { get; init; }

    /// <summary>Changes that went against the change before them.</summary>
    public required double ReversalsPerDay { get; init; }

    /// <summary>Those of them that came within an hour of the change they took back.</summary>
    public required double QuickReversalsPerDay { get; init; }

    private const int QuickMinutes = 60;

    public static ScalingMeasures Of(DemandSeries series, FleetCourse course)
    {
        var minutes = series.Minutes - series.ScoredFrom;
        var days = series.ScoredDays;
        long billed = 0, shortMinutes = 0, overMinutes = 0, unstable = 0, actions = 0, reversals = 0, quick = 0;
        double shortage = 0, surplus = 0, lost = 0, demand = 0;
        var (lastDirection, lastChange) = (0, 0);
        for (var i = series.ScoredFrom; i < series.Minutes; i++)
        {
            var needed = series.Needed[i];
            var serving = course.Serving[i];
            billed += course.Billed[i];
            shortMinutes += serving < needed ? 1 : 0;
            overMinutes += serving > needed ? 1 : 0;
            shortage += (double)Math.Max(needed - serving, 0) / needed;
            surplus += (double)Math.Max(serving - needed, 0) / needed;
            lost += Math.Max(series.Demand[i] - serving, 0);
            demand += series.Demand[i];
            unstable += i > series.ScoredFrom && Math.Sign(serving - course.Serving[i - 1]) != Math.Sign(needed - series.Needed[i - 1]) ? 1 : 0;
            var direction = Math.Sign(course.Changes[i]);
            actions += Math.Abs(direction);
            reversals += direction * lastDirection < 0 ? 1 : 0;
            quick += direction * lastDirection < 0 && i - lastChange <= QuickMinutes ? 1 : 0;
            (lastDirection, lastChange) = direction == 0 ? (lastDirection, lastChange) : (direction, i);
        }

        return new ScalingMeasures
        {
            InstanceHours = billed / 60d,
            ShortPercent = 100d * shortMinutes / minutes,
            OverPercent = 100d * overMinutes / minutes,
            ShortagePercent = 100 * shortage / minutes,
            SurplusPercent = 100 * surplus / minutes,
            InstabilityPercent = 100d * unstable / (minutes - 1),
            LostPercent = 100 * lost / demand,
            ShortMinutesPerDay = shortMinutes / days,
            ActionsPerDay = actions / days,
            ReversalsPerDay = reversals / days,
            QuickReversalsPerDay = quick / days,
        };
    }
}
