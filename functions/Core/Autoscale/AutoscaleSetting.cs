using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Autoscale;

/// <summary>A setting of Azure Monitor autoscale (<c>Microsoft.Insights/autoscaleSettings</c>, 2022-10-01), as far as its engine acts on it.</summary>
public sealed record AutoscaleSetting
{
    public const string ResourceType = "Microsoft.Insights/autoscalesettings";

    /// <summary>Azure takes no more in one setting.</summary>
    public const int MostProfiles = 20;

    /// <summary>Azure takes no more in one profile.</summary>
    public const int MostRules = 10;

    /// <summary>The resource whose count it sets.</summary>
    public required TargetId Target { get; init; }

    public required bool IsEnabled { get; init; }

    public required IReadOnlyList<AutoscaleProfile> Profiles { get; init; }

    public PredictiveScaleMode Predictive { get; init; }
}
