using System.Text.Json;
using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Assessments;

/// <summary>Looks at a setting of Azure's own autoscale as Azure gave it.</summary>
public static class AssessedSettings
{
    /// <param name="json">The setting.</param>
    /// <param name="subscription">Where it is.</param>
    /// <param name="known">All resources there are; absent when not all are known.</param>
    public static AssessedSetting Of(JsonElement json, string subscription, IReadOnlySet<TargetId>? known)
    {
        var name = Text(json, "name") ?? Text(json, "id")?.Split('/')[^1] ?? "a setting without a name";
        if (AutoscaleSettingReader.Read(json, out var problems) is not { } setting)
        {
            return new AssessedSetting(name, subscription, "", PredictiveScaleMode.Disabled, [new AutoscaleFinding("unread", $"it cannot be read: {string.Join("; ", problems)}")]);
        }

        var findings = AutoscaleLint.Check(setting);
        var isGone = known is not null && ProcessorMetric.Of(setting.Target) is not null && !known.Contains(setting.Target);
        return new AssessedSetting(
            name, subscription, setting.Target.Value, setting.Predictive,
            isGone ? [new AutoscaleFinding("target-gone", $"there is no {setting.Target.Name} any more"), .. findings] : findings);
    }

    private static string? Text(JsonElement json, string name) => AutoscaleText.Of(json, name) is { Length: > 0 } text ? text : null;
}
