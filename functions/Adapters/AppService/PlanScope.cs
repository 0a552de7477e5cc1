using System.Text.Json;

namespace ScaleFunctions.Adapters.AppService;

/// <summary>Which plans are ours to scale, and why the others are left alone.</summary>
internal static class PlanScope
{
    /// <summary>The reason, or nothing for a plan of dedicated instances whose number somebody has to set.</summary>
    public static string? WhyLeftAlone(JsonElement plan, JsonElement? properties, string tier) =>
        HasEnvironment(properties, "hostingEnvironmentProfile") || tier.StartsWith("Isolated", StringComparison.OrdinalIgnoreCase)
            // One change at a time for a whole environment, and changes of hours: beyond every deadline here.
            ? "it belongs to an App Service Environment"
        : HasEnvironment(properties, "kubeEnvironmentProfile") || PlanJson.Object(plan, "extendedLocation") is not null
            ? "its instances belong to a Kubernetes cluster"
        : PlanTier.MostInstances(tier) is null ? PlanTier.WhyLeftAlone(tier)
        : ScalesByItself(properties) ? "automatic scaling is on: App Service changes the number of its instances"
        : null;

    // Where the switch is not told, a limit for elastic instances above one tells that somebody set it.
    private static bool ScalesByItself(JsonElement? properties) =>
        PlanJson.Flag(properties, "elasticScaleEnabled") ?? PlanJson.Number(properties, "maximumElasticWorkerCount") is > 1;

    private static bool HasEnvironment(JsonElement? properties, string name) => PlanJson.Object(properties, name) is not null;
}
