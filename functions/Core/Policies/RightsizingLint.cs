using System.Globalization;

namespace ScaleFunctions.Core.Policies;

/// <summary>Finds what is allowed in policies of sizes and probably not meant.</summary>
internal static class RightsizingLint
{
    private const double LeastCautious = 0.9;

    private const string Burstable = "Standard_B";

    public static IEnumerable<PolicyFinding> Check(ResourceRightsizingPolicy policy)
    {
        if (policy is { SurvivesLossOf: SurvivableLoss.None, Headroom.Processor: 0 })
        {
            yield return At("spec.surviveLossOf", "no-reserve",
                $"nothing may be lost and no processor stays free ('{policy.Headroom.Text}'), so the loss of one instance is too much load for the others; use surviveLossOf: instance, or a headroom");
        }

        if (policy.Headroom.Percentile < LeastCautious)
        {
            yield return At("spec.percentile", "low-percentile", string.Create(CultureInfo.InvariantCulture,
                $"the load is above its {policy.Headroom.Percentile * 100:0.#}th percentile for {(1 - policy.Headroom.Percentile) * 24:0.#} hours of a day; use 90 or more"));
        }

        foreach (var (size, index) in policy.Candidates.Sizes.Index().Where(each => IsBurstable(each.Item)).Select(each => (each.Item, each.Index)))
        {
            yield return At($"spec.candidates.sizes[{index}]", "candidate-without-effect",
                $"'{size}' names burstable sizes, whose cores are there only as long as they have credits; they are never recommended in place of others");
        }

        foreach (var (each, index) in policy.Suppressions.Index().Where(each => each.Item.Name == "*").Select(each => (each.Item, each.Index)))
        {
            yield return At($"spec.suppress[{index}].name", "all-suppressed", $"until {each.Until:yyyy-MM-dd} nothing at all is recommended; remove the policy, or name resources");
        }

        PolicyFinding At(string path, string rule, string message) => new(policy.Origins.Of(path) ?? policy.Source, rule, message);
    }

    private static bool IsBurstable(string pattern) =>
        pattern.StartsWith(Burstable, StringComparison.OrdinalIgnoreCase) && (pattern.Length == Burstable.Length || !char.IsAsciiLetter(pattern[Burstable.Length]));
}
