namespace ScaleFunctions.Core.Backtests.Peers;

/// <summary>The policies that ours is compared with, in the order of the scorecard.</summary>
public static class PeerCatalogue
{
    /// <summary>Name of the row of perfect foresight, which is planned and not led by a policy.</summary>
    public const string Oracle = "oracle";

    public static IReadOnlyList<ScoredPolicy> All { get; } =
    [
        new("static_peak", series => new StaticPeak(series.Peak)),
        new("azure_rule_70_30_1", _ => new AzureRules(AzureRuleSettings.ByOne)),
        new("azure_rule_70_50_20pct", _ => new AzureRules(AzureRuleSettings.ByShare)),
        new("azure_predictive", _ => new AzurePredictive(AzureRuleSettings.ByOne)),
        new("azure_predictive_70_50_20pct", _ => new AzurePredictive(AzureRuleSettings.ByShare)),
        new("k8s_hpa_50", _ => new HorizontalPodAutoscaler(0.50)),
        new("k8s_hpa_60", _ => new HorizontalPodAutoscaler(0.60)),
        new("k8s_hpa_70", _ => new HorizontalPodAutoscaler(0.70)),
        new("aws_tt_50", _ => new AwsTargetTracking(0.50)),
        new("aws_tt_60", _ => new AwsTargetTracking(0.60)),
        new("aws_tt_70", _ => new AwsTargetTracking(0.70)),
        new("aws_tt_pred_60", _ => new AwsPredictiveScaling(0.60)),
        new("aws_tt_pred_70", _ => new AwsPredictiveScaling(0.70)),
        new("hist", _ => new HourlyHistogram()),
        new("react", _ => new ReactiveSteps()),
        new("adapt", _ => new AdaptiveRate()),
        Reference("ref2_q90", new ReferenceSettings(0.90)),
        Reference("ref2_q95", new ReferenceSettings(0.95)),
        Reference("ref2_q98", new ReferenceSettings(0.98)),
        Reference("ref2_q99", new ReferenceSettings(0.99)),
        Reference("ref2_q995", new ReferenceSettings(0.995)),
        Reference("ref2_q999", new ReferenceSettings(0.999)),
    ];

    /// <summary>The reference policy made calmer: a longer hold and a least share that is given back at once.</summary>
    public static IReadOnlyList<ScoredPolicy> Calmer { get; } =
    [
        Reference("ref2_q90_15_3pct", new ReferenceSettings(0.90, 15, 0.03)),
        Reference("ref2_q90_30_3pct", new ReferenceSettings(0.90, 30, 0.03)),
        Reference("ref2_q90_60_5pct", new ReferenceSettings(0.90, 60, 0.05)),
        Reference("ref2_q95_15_3pct", new ReferenceSettings(0.95, 15, 0.03)),
        Reference("ref2_q85_60_5pct", new ReferenceSettings(0.85, 60, 0.05)),
        Reference("ref2_q75_60_5pct", new ReferenceSettings(0.75, 60, 0.05)),
        Reference("ref2_q85_120_8pct", new ReferenceSettings(0.85, 120, 0.08)),
        Reference("ref2_q80_8_0pct", new ReferenceSettings(0.80, 8)),
    ];

    private static ScoredPolicy Reference(string name, ReferenceSettings settings) =>
        new(name, series => new ReferencePredictive(settings, series.Minutes, series.ScoredFrom));
}
