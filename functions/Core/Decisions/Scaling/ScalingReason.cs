using ScaleFunctions.Core.Forecasts.Schedules;
using ScaleFunctions.Core.Policies.Schedules;

namespace ScaleFunctions.Core.Decisions.Scaling;

/// <summary>Why a count is wanted, as case and numbers; text is made of it in the journal.</summary>
public abstract record ScalingReason
{
    private ScalingReason()
    {
    }

    /// <summary>Whether a schedule wants it, also where bounds or steps made something else of its wish.</summary>
    public bool IsOfSchedule => this switch
    {
        FollowsSchedule or OffHours => true,
        Bounded reason => reason.Wish.IsOfSchedule,
        Stepped reason => reason.Wish.IsOfSchedule,
        UnderBudget reason => reason.Wish.IsOfSchedule,
        _ => false,
    };

    /// <summary>The load asks for this many instances.</summary>
    public sealed record FollowsLoad(string Signal, double Value, double Target, double Load, int Current, int Desired) : ScalingReason;

    /// <summary>All instances are at the end of what the signal can show: how much is wanted beyond it nobody knows.</summary>
    public sealed record Saturated(string Signal, double Value, double SaturatedAt, int Current, int Desired) : ScalingReason;

    /// <summary>A step adds instances.</summary>
    public sealed record SteppedOut(string Signal, double Value, double Above, int Change) : ScalingReason;

    /// <summary>A step removes instances.</summary>
    public sealed record SteppedIn(string Signal, double Value, double Below, int Change) : ScalingReason;

    /// <summary>The signal is where no step applies.</summary>
    public sealed record BetweenSteps(string Signal, double Value) : ScalingReason;

    /// <summary>A signal of trouble forbids scaling in.</summary>
    public sealed record Vetoed(string Signal, double Value, double Above) : ScalingReason;

    /// <summary>The signal is close enough to its target.</summary>
    public sealed record WithinTolerance(string Signal, double Value, double Target) : ScalingReason;

    /// <summary>The signal is off its target, but was measured on another count of instances; on the current one the load fits.</summary>
    public sealed record FitsNewCount(string Signal, double Value, double Target, double Reporting, int Current) : ScalingReason;

    /// <summary>The count that fits best is the one there is.</summary>
    public sealed record Fits(string Signal, double Value, double Target) : ScalingReason;

    /// <summary>As the load wants it, with so much more that a part may be lost; the target told is what is kept at the current count.</summary>
    public sealed record Surviving(ScalingReason Wish, LossToSurvive Loss) : ScalingReason;

    /// <summary>The signal proves nothing.</summary>
    public sealed record InDoubt(string Signal, string Doubt) : ScalingReason;

    /// <summary>The signal proves nothing and fewer instances run than the owner wants in that case.</summary>
    public sealed record RaisedWhenBlind(string Signal, string Doubt, int WhenBlind) : ScalingReason;

    /// <summary>The signal has proved nothing for a while, and its policy wants more instances in that case.</summary>
    public sealed record FellBack(string Signal, string Doubt, int Instances, DateTimeOffset Since) : ScalingReason;

    /// <summary>The load will need more than it asks for now before instances that are asked for later could serve.</summary>
    public sealed record Predicted(ScalingReason Wish, int Wanted, PredictedStep Step, int Instances, double Quantile, string Model) : ScalingReason;

    /// <summary>Fewer instances would do now, but the load is forecast to need them again before they could be back.</summary>
    public sealed record KeptForForecast(ScalingReason Wish, int Wanted, PredictedStep Step, int Instances, double Quantile, string Model) : ScalingReason;

    public sealed record BelowMinimum(int Current, int Minimum) : ScalingReason;

    /// <summary>Fewer instances than a floor wants at this time.</summary>
    public sealed record BelowFloor(int Current, int Floor, DateTimeOffset Until, string Why) : ScalingReason;

    /// <summary>The load asks for fewer instances than a floor wants at this time.</summary>
    public sealed record OnFloor(ScalingReason Wish, int Wanted, int Floor, DateTimeOffset Until, string Why) : ScalingReason;

    public sealed record AboveMaximum(int Current, int Maximum) : ScalingReason;

    /// <summary>The load asks for a count outside the bounds.</summary>
    public sealed record Bounded(ScalingReason Wish, int Wanted, int Bound) : ScalingReason;

    /// <summary>A step of a budget bounds it, or takes all instances away.</summary>
    public sealed record UnderBudget(ScalingReason Wish, string Budget, string Step) : ScalingReason;

    /// <summary>What is wanted is not sold; the next that is carries it.</summary>
    public sealed record Stepped(ScalingReason Wish, int Wanted, int Step) : ScalingReason;

    /// <summary>Fewer instances would do now, but not for the whole stabilization window.</summary>
    public sealed record StabilizingIn(int Wanted, int Highest, TimeSpan Window) : ScalingReason;

    /// <summary>More instances are wanted now, but not for the whole stabilization window.</summary>
    public sealed record StabilizingOut(int Wanted, int Lowest, TimeSpan Window) : ScalingReason;

    /// <summary>The policy wants the minimum in force, whatever the load.</summary>
    public sealed record FollowsSchedule(int Current, int Minimum, ActiveFloor? Floor) : ScalingReason;

    /// <summary>Nobody needs more at this time.</summary>
    public sealed record OffHours(int Current, int Instances, DateTimeOffset Since, DateTimeOffset? Until, bool IsIdle = false) : ScalingReason;

    /// <summary>A finding of rightsizing asks for it.</summary>
    public sealed record Rightsized(string Finding, string Why, int Current, int Desired) : ScalingReason;

    /// <summary>A person takes an earlier action back.</summary>
    /// <param name="Epoch">The action.</param>
    /// <param name="From">Instances before it.</param>
    /// <param name="Goal">Instances it asked for.</param>
    /// <param name="By">Who asks for it.</param>
    /// <param name="Why">Why.</param>
    public sealed record TakenBack(long Epoch, int From, int Goal, string By, string Why) : ScalingReason;

    /// <summary>No load-based policy applies, so only the bounds count.</summary>
    public sealed record BoundsOnly : ScalingReason;
}
