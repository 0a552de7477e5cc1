using System.Text;
using System.Text.Json;
using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Metrics;

namespace ScaleFunctions.Sandbox.Autoscale;

/// <summary>
/// The settings of an estate and the engine that acts on them, once in each simulated minute, in the order of their ids. It is
/// brought up to date before anything else is looked at, so that the result does not depend on who asks when. The estate's lock
/// guards it.
/// </summary>
internal sealed class SimulatedAutoscale
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SortedDictionary<string, SimulatedSetting> _settings = new(StringComparer.Ordinal);
    private readonly TimeSpan _metricDelay;
    private DateTimeOffset _next;

    public SimulatedAutoscale(IEnumerable<AutoscaleSettingSpec> specs, DateTimeOffset start, TimeSpan metricDelay)
    {
        _metricDelay = metricDelay > Minute ? metricDelay : Minute;
        _next = Whole(start) + Minute;
        foreach (var spec in specs)
        {
            var (document, setting, error) = SettingBody.Whole(Encoding.UTF8.GetBytes(spec.Json));
            if (setting is null || _settings.ContainsKey(spec.Id.Key))
            {
                throw new FormatException(setting is null ? $"{spec.Id} is no setting: {error}" : $"{spec.Id} is there twice");
            }

            _settings.Add(spec.Id.Key, new SimulatedSetting(spec.Id, document, setting));
        }
    }

    public IEnumerable<SimulatedSetting> All => _settings.Values;

    public SimulatedSetting? Find(TargetId id) => _settings.GetValueOrDefault(id.Key);

    /// <summary>Makes or replaces a setting, unless its resource has another: Azure takes one a resource.</summary>
    public SettingChange Put(TargetId id, JsonElement document, AutoscaleSetting setting, DateTimeOffset now)
    {
        if (_settings.Values.FirstOrDefault(each => each.Id != id && each.Setting.Target == setting.Target) is { } other)
        {
            return new SettingChange { Refusal = $"'{setting.Target}' has the setting '{other.Id}' already." };
        }

        var before = Find(id);
        var change = new SettingChange
        {
            Setting = new SettingView(id, document),
            IsNew = before is null,
            IsEffective = before is null || !JsonElement.DeepEquals(before.Document, document),
            MinimumBefore = before is null ? null : ProfileChoice.At(before.Setting.Profiles, now)?.Minimum,
            MinimumAfter = ProfileChoice.At(setting.Profiles, now)?.Minimum,
        };
        if (before is null)
        {
            _settings.Add(id.Key, new SimulatedSetting(id, document, setting));
        }
        else
        {
            before.Replace(document, setting);
        }

        return change;
    }

    /// <summary>Runs the engine for every minute that has begun since it ran last.</summary>
    /// <param name="now">The present.</param>
    /// <param name="find">The resource of an id.</param>
    /// <param name="change">Starts the change of a count at a time.</param>
    public void CatchUp(DateTimeOffset now, Func<TargetId, SimulatedResource?> find, Action<SimulatedResource, int, DateTimeOffset> change)
    {
        for (; _next <= now; _next += Minute)
        {
            foreach (var setting in _settings.Values)
            {
                Run(setting, _next, find, change);
            }

            if (_settings.Count == 0)
            {
                _next = Whole(now);
            }
        }
    }

    private void Run(
        SimulatedSetting setting, DateTimeOffset at, Func<TargetId, SimulatedResource?> find, Action<SimulatedResource, int, DateTimeOffset> change)
    {
        if (find(setting.Setting.Target) is not { } resource || resource.View(at) is not { ProvisioningState: not ProvisioningStates.Updating } view)
        {
            return;
        }

        var outcome = AutoscaleEngine.Evaluate(setting.Setting, new AutoscaleMoment
        {
            Now = at,
            Count = view.Capacity,
            CoolingUntil = setting.CoolingUntil,
            Metric = rule => Metric(rule, at, find),
        });
        if (outcome.Count != view.Capacity)
        {
            change(resource, outcome.Count, at);
            setting.CoolingUntil = outcome.Cooldown is { } cooldown ? at + cooldown : setting.CoolingUntil;
        }
    }

    /// <summary>The engine sees what everybody sees: minutes come late.</summary>
    private double? Metric(AutoscaleRule rule, DateTimeOffset at, Func<TargetId, SimulatedResource?> find)
    {
        if (!TargetId.TryParse(rule.Resource, out var id) || find(id) is not { } resource || rule.HasDimensions
            || MetricFamily.Of(id.ResourceType) is not { } family || family.Find(rule.Metric) is not { } metric
            || (rule.Namespace.Length > 0 && !rule.Namespace.Equals(family.Namespace, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        var unread = Whole(at - _metricDelay) + Minute;
        return AutoscaleWindow.Value(rule, unread, begins => resource.Measure(begins, at) is { } minute && metric.Value(minute) is { } value
            ? (value, minute.Ready)
            : null);
    }

    private static DateTimeOffset Whole(DateTimeOffset time) => time.AddTicks(-(time.UtcTicks % Minute.Ticks));
}
