using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Forecasts.Loads;
using ScaleFunctions.Core.Forecasts.Schedules;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What an evaluation takes from a forecast, and what it gives back to it.</summary>
internal static class ForecastUse
{
    /// <summary>Where nothing was measured: longer than most images take to boot.</summary>
    public static readonly TimeSpan UnknownLead = TimeSpan.FromMinutes(5);

    /// <summary>Fewer starts than this say nothing of the slow ones.</summary>
    private const int LeastStarts = 3;

    private const double SlowStarts = 0.95;

    /// <summary>A decision comes once a minute: what is needed between two of them must be asked for at the first.</summary>
    private static readonly TimeSpan DecidedEvery = TimeSpan.FromMinutes(1);

    /// <summary>The schedule if it may act now; null when not, or when it was made for another target than the policy has now.</summary>
    public static PredictiveSchedule? Acting(PredictiveSchedule? schedule, TargetPolicies.Resolved policies, string size, DateTimeOffset now) =>
        schedule is { ForecastOnly.Length: 0 } && now < schedule.ExpiresAt
            && (schedule.Size is null || string.Equals(schedule.Size, size, StringComparison.OrdinalIgnoreCase))
            && policies.Predictive is { Mode: PredictiveMode.Act } policy && policy.Tracked(policies.LoadBased) is { } tracked
            && tracked.Signal == schedule.Signal && Carried(tracked).Equals(schedule.LoadPerInstance)
            ? schedule
            : null;

    /// <summary>
    /// With the higher maximum of the policy while the forecast asks for more than the usual one. It is no ceiling either: the
    /// load may ask for more than the forecast, up to the higher maximum.
    /// </summary>
    public static HorizontalScalingPolicy Raised(
        HorizontalScalingPolicy horizontal, PredictiveScalingPolicy? policy, PredictiveSchedule schedule, LossToSurvive loss, DateTimeOffset now)
    {
        var need = schedule.Highest(now, now + (2 * schedule.Lead) + PredictiveSchedule.Step + horizontal.ScaleIn.Cooldown);
        return policy?.RaisedMaximum is { } raised && need is not null && loss.Needed(need.Instances) > horizontal.Maximum ? horizontal.RaisedTo(raised) : horizontal;
    }

    /// <summary>What a policy wants of the forecasts of a target; null when it wants none.</summary>
    public static ForecastWish? Wish(TargetPolicies.Resolved policies, TargetRow row) =>
        policies.Predictive is { } policy && policy.Tracked(policies.LoadBased) is { } tracked
            ? new ForecastWish
            {
                Signal = tracked.Signal,
                LoadPerInstance = Carried(tracked),
                Quantile = policy.Risk.Quantile,
                Lead = policy.Lead ?? Measured(row),
                IsDayOff = policy.DaysOff.Contains,
                MayAct = policy.Mode == PredictiveMode.Act,
            }
            : null;

    /// <summary>The load that is forecast; what is partial or stale is not learned from.</summary>
    public static LoadSample? Sample(TargetPolicies.Resolved policies, IReadOnlyList<SignalReading> readings)
    {
        if (policies.Predictive?.Tracked(policies.LoadBased) is not { } tracked
            || readings.FirstOrDefault(reading => reading.Signal == tracked.Signal) is not SignalReading.Present present)
        {
            return null;
        }

        var saturatedAt = policies.LoadBased!.Signals.First(signal => signal.Name == tracked.Signal).SaturatedAt;
        return new LoadSample(present.Signal, present.Newest, present.Load, present.Value >= saturatedAt);
    }

    /// <summary>A forecast within the tolerance asks for nothing, as the load itself would not; else each raise would be given back.</summary>
    private static double Carried(TargetTrackingPolicy tracked) => tracked.Target * (1 + tracked.ToleranceOut);

    private static TimeSpan Measured(TargetRow row)
    {
        if (row.StartSeconds.Count < LeastStarts)
        {
            return UnknownLead + DecidedEvery;
        }

        var sorted = row.StartSeconds.Order().ToList();
        var slow = TimeSpan.FromSeconds(sorted[(int)Math.Ceiling(SlowStarts * sorted.Count) - 1]) + DecidedEvery;
        return slow < PredictiveScalingBinding.LongestLead ? slow : PredictiveScalingBinding.LongestLead;
    }
}
