using System.Globalization;
using NodaTime.Text;
using ScaleFunctions.Core.Policies.Schedules;

namespace ScaleFunctions.Core.Policies;

/// <summary>Lists what is in force of a policy of off-hours.</summary>
internal static class EffectiveUsage
{
    private static readonly LocalTimePattern TimeOfDay = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public static IEnumerable<EffectiveValue> Of(UsageOptimizationPolicy policy)
    {
        var off = policy.OffHours;
        yield return off.Schedule is OffSchedule.InWindows { IsOffWithin: true } ? Value("when", Hours(off)) : Value("onHours", Hours(off));
        yield return Value("timeZone", off.Schedule.Zone.Id);
        yield return Value("exceptOn", off.Schedule.Except.Count == 0 ? EffectivePolicies.None : $"{off.Schedule.Except.Count} days");
        yield return Value("alsoOn", off.Schedule is OffSchedule.InWindows { Windows: [{ Also.Count: > 0 and var also }, ..] } ? $"{also} days" : EffectivePolicies.None);
        yield return Value("to.instances", off.IsStop ? "0: stopped" : off.Instances == OffHoursTerms.AllInstances ? "as many as there are" : $"{off.Instances}");
        yield return Value("to.size", off.Size.Length == 0 ? "as it is" : off.Size);
        yield return Value("readyBy", off.ReadyBy is { } ready ? TimeOfDay.Format(ready) : "when the hours begin");
        yield return Value("lead", off.Lead is { } lead ? DurationText.Of(lead) : "measured");
        yield return Value("spread", DurationText.Of(off.Spread));
        yield return Value("stopExpires", DurationText.Of(off.StopExpires));
        yield return Value("tag", off.Tag.Length == 0 ? EffectivePolicies.None : off.Tag);
        yield return Value("alternatives", off.Alternatives.Count == 0 ? EffectivePolicies.None : string.Join(", ", off.Alternatives));
        yield return Value("order.groups", off.Order.Count == 0 ? EffectivePolicies.None : string.Join(", then ", off.Order));
        yield return Value("order.apart", off.Order.Count == 0 ? EffectivePolicies.None : DurationText.Of(off.Apart));
        yield return Value("inUse.metric", off.InUse is { } use
            ? string.Create(CultureInfo.InvariantCulture, $"{use.Metric} above {use.Above:0.###} within {DurationText.Of(use.Within)}")
            : EffectivePolicies.None);
        yield return Value("snooze", DurationText.Of(off.LongestSnooze));

        EffectiveValue Value(string field, string value) => new(
            UsageOptimizationBinding.Kind, policy.Name, $"spec.offHours.{field}", value, policy.Origins.Of($"spec.offHours.{field}"), "");
    }

    private static string Hours(OffHoursTerms off) => off.Schedule is OffSchedule.InWindows windows
        ? string.Join(", ", windows.Windows.Select(window => window.Window.Text))
        : EffectivePolicies.None;
}
