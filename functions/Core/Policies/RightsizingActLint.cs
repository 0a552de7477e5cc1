namespace ScaleFunctions.Core.Policies;

/// <summary>Finds rightsizing policies whose findings nobody will carry out although they say so, and those that speak of it for nothing.</summary>
internal static class RightsizingActLint
{
    public static IEnumerable<PolicyFinding> Check(ResourceRightsizingPolicy policy, PolicySet policies)
    {
        if (policy.Mode == SizeMode.Act && RightsizingPolicies.WhyNotActed(policies.For(policy.Workload), policy) is { } why)
        {
            yield return At("spec.mode", "only-recommends", $"findings are never carried out although it says 'mode: act': {why}");
        }

        if (policy.Mode == SizeMode.Recommend && (policy.Window is not null || policy.Origins.Of("spec.actOn") is not null))
        {
            yield return At(policy.Window is null ? "spec.actOn" : "spec.window", "window-without-effect", "findings are only recommended, so nothing happens in it; add 'mode: act', or remove it");
        }

        PolicyFinding At(string path, string rule, string message) => new(policy.Origins.Of(path) ?? policy.Source, rule, message);
    }
}
