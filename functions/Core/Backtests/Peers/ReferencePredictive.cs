using ScaleFunctions.Core.Forecasts;

namespace ScaleFunctions.Core.Backtests.Peers;

/// <summary>
/// The yardstick's own predictive policy, "ref2": the last load, plus a share of what a daily and weekly profile
/// says will change until a new instance serves, plus a quantile of the errors of that over seven days. It shows what
/// is reachable and is nobody's product.
/// </summary>
public sealed class ReferencePredictive(ReferenceSettings settings, int minutes, int scoredFrom) : IFleetPolicy
{
    private const int Day = ScalingProtocol.MinutesPerDay;
    private const int Week = 7 * Day;
    private const int Lead = ScalingProtocol.BootMinutes + ScalingProtocol.LagMinutes;
    private const int Lag = ScalingProtocol.LagMinutes;
    private const int WindowMinutes = 5;
    private const int Stride = 3;
    private const int LeastSpan = 300;
    private const double Tiny = 1e-6;
    private const double Saturated = 0.999;
    private const double Jump = 1.4;

    private static readonly double[] Weights = [0, 0.5, 1];
    private static readonly Scale[] Scales = Enum.GetValues<Scale>();

    private readonly SlidingMaximum _wishes = new(settings.HoldMinutes);
    private readonly double[] _levels = new double[minutes];
    private readonly double[] _growths = new double[minutes];
    private readonly double[] _volatilities = new double[minutes];
    private readonly double[][] _factors = [.. Scales.Select(_ => new double[(Week / Stride) + 1])];
    private readonly double[] _highest = new double[(Week / Stride) + 1];
    private readonly double[] _centres = new double[(Week / Stride) + 1];
    private readonly double[] _errors = new double[(Week / Stride) + 1];
    private double[]? _profile;
    private int _profileFrom;
    private double _weight;
    private Scale _scale = Scale.Root;
    private double _offset = 0.5;

    /// <summary>What the error is taken relative to.</summary>
    private enum Scale
    {
        One,
        Root,
        Level,
        Volatility,
    }

    public int Decide(FleetView view)
    {
        var now = view.Minute;
        var isDue = now % 60 == 0 && now > Day + Lead && (now % 180 == 0 || now > scoredFrom - Day);
        if (isDue)
        {
            Fit(view);
            Profile(view);
        }

        Observe(view);
        var wish = Ceiling(view);
        var highest = (int)_wishes.Add(wish);
        return view.Capacity - highest < settings.LeastGap * view.Capacity ? Math.Max(highest, view.Capacity) : highest;
    }

    private int Ceiling(FleetView view)
    {
        var now = view.Minute;
        var wish = ScalingProtocol.Ceiling(
            Math.Max(_levels[now] + (_weight * _growths[now]), 0) + (_offset * Factor(_scale, _levels[now], _volatilities[now], 0)));

        // Full processors hide how much load there is: go up in a jump.
        return view.Cpu[^1] >= Saturated ? Math.Max(wish, ScalingProtocol.Ceiling(view.Serving[^1] * Jump)) : wish;
    }

    private void Observe(FleetView view)
    {
        var last = view.Load[^1];
        var before = view.Load[^2];
        var level = Math.Max(last, 0.5 * (last + before));
        _levels[view.Minute] = level;
        _volatilities[view.Minute] = (0.8 * _volatilities[view.Minute - 1]) + (0.2 * Math.Abs(last - before));
        if (_profile is null)
        {
            return;
        }

        var at = view.Seen - 1 - _profileFrom;
        var here = _profile[at % Day];
        var there = Math.Max(Math.Max(_profile[(at + Lead) % Day], _profile[(at + Lead + 2) % Day]), _profile[(at + Lead + 4) % Day]);
        _growths[view.Minute] = (there - here) * Math.Min(2.0, Math.Max(0.5, level / Math.Max(here, Tiny)));
    }

    /// <summary>Chooses share and scale so that the mean wish of the last seven days would have been least.</summary>
    private void Fit(FleetView view)
    {
        var end = view.Seen - 1;
        var first = Math.Max(60, end - Week);
        var last = end - Lead - 4;
        if (last - first <= LeastSpan)
        {
            return;
        }

        var count = (last - first + Stride - 1) / Stride;
        for (var i = 0; i < count; i++)
        {
            var at = first + (i * Stride);
            _highest[i] = MinuteWindow.Max(view.Load, at + Lead, at + Lead + WindowMinutes);
            foreach (var scale in Scales)
            {
                _factors[(int)scale][i] = Factor(scale, _levels[at + Lag], _volatilities[at + Lag], Tiny);
            }
        }

        var least = double.PositiveInfinity;
        foreach (var weight in Weights)
        {
            for (var i = 0; i < count; i++)
            {
                var at = first + (i * Stride) + Lag;
                _centres[i] = Math.Max(_levels[at] + (weight * _growths[at]), 0);
            }

            foreach (var scale in Scales)
            {
                var (offset, mean) = Judge(_factors[(int)scale].AsSpan(0, count));
                if (mean < least)
                {
                    (least, _weight, _scale, _offset) = (mean, weight, scale, offset);
                }
            }
        }
    }

    private (double Offset, double MeanWish) Judge(ReadOnlySpan<double> factors)
    {
        var errors = _errors.AsSpan(0, factors.Length);
        for (var i = 0; i < factors.Length; i++)
        {
            errors[i] = (_highest[i] - _centres[i]) / factors[i];
        }

        var offset = EmpiricalQuantile.InPlace(errors, settings.Quantile);
        var sum = 0d;
        for (var i = 0; i < factors.Length; i++)
        {
            sum += Math.Max(_centres[i] + (offset * factors[i]), 0);
        }

        return (offset, sum / factors.Length);
    }

    private static double Factor(Scale scale, double level, double volatility, double least) => scale switch
    {
        Scale.One => 1,
        Scale.Root => Math.Sqrt(Math.Max(level, least)),
        Scale.Level => Math.Max(level, least),
        _ => volatility + 0.05,
    };

    private void Profile(FleetView view)
    {
        var end = view.Seen - 1;
        var profile = MinuteWindow.MeanDay(view.Load, end, Math.Min(7, end / Day));
        if (end >= Week + Day)
        {
            var lastWeek = view.Load.Slice(end - Week, Day);
            for (var minute = 0; minute < Day; minute++)
            {
                profile[minute] = (0.5 * profile[minute]) + (0.5 * lastWeek[minute]);
            }
        }

        _profile = MinuteWindow.Smooth(profile, 4);
        _profileFrom = end;
    }
}
