using ScaleFunctions.Core.Forecasts.Loads;
using ScaleFunctions.Core.Forecasts.Trials;

namespace ScaleFunctions.Core.Forecasts.Schedules;

/// <summary>Makes a predictive schedule of the forecast that is followed.</summary>
public static class ScheduleMaking
{
    /// <summary>Renewed every quarter of an hour; what is older than this nobody looks after any more, and of load that is older nothing is known of now.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromHours(2);

    private const int Steps = 24 * 12;

    private const int MostInstances = 1_000_000;

    /// <summary>
    /// The last quarter of an hour that is over ended up to one and a half of them ago, and decisions look a step of the
    /// schedule beyond the lead. A fixed number, so that a calibration stays good whenever it is used.
    /// </summary>
    private const int StepsBehind = 2;

    /// <summary>Steps of a forecast over which its maximum matters now: until an instance serves, and until the next refresh.</summary>
    public static int LeadSteps(TimeSpan lead) => (int)Math.Ceiling((lead + LoadBin.Length) / LoadBin.Length) + StepsBehind;

    /// <summary>What a method is called on every face.</summary>
    public static string Name(ForecastMethod method) => method == ForecastMethod.Combined ? "combined" : "level";

    /// <summary>The schedule; null while there is no forecast.</summary>
    public static PredictiveSchedule? Of(ForecastState state, ForecastWish wish, DateTimeOffset now)
    {
        if (state.Methods.FirstOrDefault(method => method.Method == state.Champion) is not { Fit: var fit })
        {
            return null;
        }

        var first = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % PredictiveSchedule.Step.Ticks), TimeSpan.Zero);
        var soon = fit.Origin + ((fit.Seen + LeadSteps(wish.Lead)) * LoadBin.Length);
        var highest = fit.Seen + LeadSteps(wish.Lead) <= fit.Horizon ? fit.MaximumOver(LeadSteps(wish.Lead), wish.Quantile) : 0;
        List<PredictedStep> steps = [];
        for (var index = 0; index < Steps; index++)
        {
            var at = first + (index * PredictiveSchedule.Step);
            if (wish.IsDayOff(at) || At(fit, at, fit.MeanAt) is not { } mean || At(fit, at, step => fit.QuantileAt(step, wish.Quantile)) is not { } upper)
            {
                continue;
            }

            // Before anything asked for now can serve, the maximum itself was learned: that of single steps would be too low.
            upper = at < soon ? Math.Max(upper, highest) : upper;
            steps.Add(new PredictedStep(at, mean, upper, Instances(upper, wish.LoadPerInstance)));
        }

        return new PredictiveSchedule
        {
            Signal = state.Signal,
            Size = state.Size,
            Model = Name(state.Champion),
            Quantile = wish.Quantile,
            LoadPerInstance = wish.LoadPerInstance,
            Lead = wish.Lead,
            MadeAt = now,
            ExpiresAt = now + GoodFor,
            ForecastOnly = !wish.MayAct ? "the policy says forecastOnly"
                : now - state.SeenUntil > GoodFor ? $"no load since {state.SeenUntil:yyyy-MM-dd HH:mm} UTC"
                : state.WhyNot,
            Steps = steps,
        };
    }

    /// <summary>
    /// The value at the middle of a five-minute step, on a line between the middles of the quarters of an hour: on a slope
    /// their means alone would come too late. Null where the forecast says nothing.
    /// </summary>
    private static double? At(LoadForecast fit, DateTimeOffset at, Func<int, double> value)
    {
        var middle = (at + (PredictiveSchedule.Step / 2) - fit.Origin) / LoadBin.Length;
        var before = (int)Math.Floor(middle + 0.5);
        var (left, right) = (Math.Max(before, fit.Seen + 1), before + 1);
        if (right > fit.Horizon || right <= fit.Seen)
        {
            return null;
        }

        var share = middle + 0.5 - before;
        return left >= right ? value(right) : (value(left) * (1 - share)) + (value(right) * share);
    }

    private static int Instances(double load, double perInstance) =>
        (int)Math.Clamp(Math.Ceiling((load / perInstance) - 1e-9), 1, MostInstances);
}
