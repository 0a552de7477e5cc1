using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Backtests;

/// <summary>
/// Azure's own autoscale leads the fleet by a setting: decided by the engine that the sandbox runs, on what the replay shows.
/// A rule on anything else cannot read its metric. The predictive part of a setting is Azure's secret, and not in it.
/// </summary>
public sealed class AutoscaledFleet(AutoscaleSetting setting, ReplayedLoad load, IReadOnlyList<ReplayedSignal> signals) : IFleetPolicy
{
    private readonly (double Cpu, double Load, int Serving)[] _minutes = new (double, double, int)[load.Demand.Minutes];
    private int _filled;
    private DateTimeOffset? _coolingUntil;

    public int Decide(FleetView view)
    {
        for (; _filled < view.Seen; _filled++)
        {
            _minutes[_filled] = (view.Cpu[_filled], view.Load[_filled], view.Serving[_filled]);
        }

        var (now, unread) = (load.At(view.Minute), load.At(view.Seen));
        var outcome = AutoscaleEngine.Evaluate(setting, new AutoscaleMoment
        {
            Now = now,
            Count = view.Capacity,
            CoolingUntil = _coolingUntil,
            Metric = rule => Shows(rule) is { } value ? AutoscaleWindow.Value(rule, unread, at => Minute(at, value)) : null,
        });
        if (outcome.Count != view.Capacity && outcome.Cooldown is { } cooldown)
        {
            _coolingUntil = now + cooldown;
        }

        return outcome.Count;
    }

    /// <summary>What of the setting is not replayed, for people.</summary>
    public IEnumerable<string> Unshown()
    {
        if (!setting.IsEnabled)
        {
            yield return "it is switched off: the count stays as it is";
        }

        if (setting.Predictive == PredictiveScaleMode.Enabled)
        {
            yield return "its predictive part is not known, and not replayed: only its rules are";
        }

        foreach (var metric in setting.Profiles.SelectMany(profile => profile.Rules).Where(rule => Shows(rule) is null).Select(rule => rule.Metric).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            yield return $"its rules on '{metric}' cannot read it, because the recorded load does not tell it";
        }
    }

    /// <summary>How a minute becomes the metric of an average instance; absent when the replay does not show it.</summary>
    private Func<double, double, int, double>? Shows(AutoscaleRule rule) =>
        rule.HasDimensions || !string.Equals(rule.Resource, setting.Target.Value, StringComparison.OrdinalIgnoreCase) ? null
        : Shown(rule.Metric) is { } signal ? signal.As == ReplayedAs.Cpu ? Processor : Share
        : rule.Metric.Contains("cpu", StringComparison.OrdinalIgnoreCase) && rule.Metric.Contains("percent", StringComparison.OrdinalIgnoreCase) ? Processor
        : null;

    private ReplayedSignal? Shown(string metric) => signals.FirstOrDefault(signal =>
        signal.As is ReplayedAs.Cpu or ReplayedAs.Load
        && signal.Policy.From is SignalSource.Metric { IsOwn: true, Selector.Name: var name } && name.Equals(metric, StringComparison.OrdinalIgnoreCase));

    private static double Processor(double cpu, double load, int serving) => cpu * 100;

    private double Share(double cpu, double carried, int serving) => carried * load.UnitsPerInstance / serving;

    private (double Value, int Instances)? Minute(DateTimeOffset at, Func<double, double, int, double> value)
    {
        var index = (int)Math.Floor((at - load.Start).TotalMinutes);
        return index < 0 || index >= _filled || _minutes[index] is not { Serving: > 0 } minute
            ? null : (value(minute.Cpu, minute.Load, minute.Serving), minute.Serving);
    }
}
