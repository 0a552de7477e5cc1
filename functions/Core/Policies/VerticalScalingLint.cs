namespace ScaleFunctions.Core.Policies;

/// <summary>Finds what is allowed in policies of sizes and probably not meant.</summary>
internal static class VerticalScalingLint
{
    public static IEnumerable<PolicyFinding> Check(VerticalScalingPolicy policy)
    {
        if (policy is { Mode: SizeMode.Act, Guard: null })
        {
            yield return new PolicyFinding(policy.Origins.Of("spec.mode") ?? policy.Source, "act-without-guard",
                "it acts, but has no 'guard', so nothing would tell that a smaller size makes requests slow or fail: sizes are only recommended; add one, or say 'mode: recommend'");
        }
    }
}
