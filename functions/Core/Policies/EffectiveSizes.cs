namespace ScaleFunctions.Core.Policies;

/// <summary>What is in force of policies of sizes.</summary>
internal static class EffectiveSizes
{
    private const string GuardOrigin = "spec.guard.breachedWhen[0].signal";

    public static IEnumerable<EffectiveValue> Of(VerticalScalingPolicy policy)
    {
        yield return Value("spec.mode", policy.Mode == SizeMode.Act ? "act" : "recommend");
        yield return policy.Family is { } family
            ? Value("spec.family", family)
            : Made("spec.sizes", string.Join(", ", policy.Sizes), policy.Origins.Of("spec.sizes[0]"));
        foreach (var (path, word, threshold) in new[]
        {
            ("spec.up.cpu", "above", policy.Up.Cpu), ("spec.up.memory", "above", policy.Up.Memory),
            ("spec.down.cpu", "below", policy.Down.Cpu), ("spec.down.memory", "below", policy.Down.Memory),
        })
        {
            yield return Value($"{path}.{word}", EffectivePolicies.Number(threshold.Percent));
            yield return Value($"{path}.for", DurationText.Of(threshold.For));
        }

        yield return Made(
            "spec.window", policy.Window is { } window ? Text(window) : "at any time",
            policy.Origins.Of("spec.window.when"));
        yield return Value("spec.rollOut.batch", $"{EffectivePolicies.Number(100 * policy.RollOut.Batch)}%");
        yield return Value("spec.rollOut.pause", DurationText.Of(policy.RollOut.Pause));
        yield return Value("spec.rollOut.watch", DurationText.Of(policy.RollOut.Watch));
        yield return Made("spec.guard", Text(policy.Guard), policy.Origins.Of("spec.guard") ?? policy.Origins.Of(GuardOrigin));
        yield return Value("spec.onlyInstance", policy.MayStop ? "mayStop" : policy.MayInterrupt ? "mayRestart" : "keep");
        yield return Value("spec.rest", DurationText.Of(policy.Rest));

        EffectiveValue Value(string path, string value) => Made(path, value, policy.Origins.Of(path));

        EffectiveValue Made(string path, string value, PolicySource? origin) => new(VerticalScalingBinding.Kind, policy.Name, path, value, origin, "");
    }

    private static string Text(GuardTerms? guard) =>
        guard is null ? EffectivePolicies.None : string.Join("; ", guard.Bounds.Select(bound => $"{bound.Signal} {bound.Text}"));

    private static string Text(SizeWindow window) => $"{window.When.Window.Text} {window.When.Zone.Id}, {(window.HoldsUp ? "both directions" : "smaller sizes")}";

    public static IEnumerable<EffectiveValue> Of(ResourceRightsizingPolicy policy, string note)
    {
        yield return Value("spec.lookBackDays", $"{policy.LookBackDays}");
        yield return Value("spec.halfLife", DurationText.Of(policy.HalfLife));
        yield return Value("spec.percentile", EffectivePolicies.Number(policy.Headroom.Percentile * 100));
        yield return Value("spec.headroom", $"{policy.Headroom.Text}: {EffectivePolicies.Number(policy.Headroom.Processor * 100)}% of processors and {EffectivePolicies.Number(policy.Headroom.Memory * 100)}% of memory stay free");
        yield return Value("spec.bounds", $"nothing is changed from P{EffectivePolicies.Number(policy.LowerPercentile * 100)} to P{EffectivePolicies.Number(policy.UpperPercentile * 100)}");
        yield return Value("spec.candidates", policy.Candidates.Sizes.Count + policy.Candidates.Families.Count == 0
            ? "the family of the size there is"
            : string.Join(", ", policy.Candidates.Sizes.Concat(policy.Candidates.Families)));
        yield return Value("spec.minimumSaving", $"{EffectivePolicies.Number(policy.LeastShare * 100)}%, {EffectivePolicies.Number((double)policy.LeastPerMonth)} {policy.Currency} a month");
        yield return Value("spec.surviveLossOf", policy.SurvivesLossOf.ToString().ToLowerInvariant());
        yield return Value("spec.bootTime", DurationText.Of(policy.BootTime));
        foreach (var (each, index) in policy.Suppressions.Select((each, index) => (each, index)))
        {
            yield return Value($"spec.suppress[{index}].name", $"{each.Name} until {each.Until:yyyy-MM-dd}: {each.Reason}");
        }

        yield return Value("spec.mode", policy.Mode == SizeMode.Act ? "act" : "recommend");
        if (policy.Mode == SizeMode.Act)
        {
            yield return Made("spec.window", policy.Window is { } window ? Text(window) : "never", "spec.window.when");
            yield return Value("spec.actOn.confidenceDays", EffectivePolicies.Number(policy.LeastConfidenceDays));
            yield return Value("spec.actOn.risk", policy.MostRisk.ToString().ToLowerInvariant());
            yield return Value("spec.rollOut.batch", $"{EffectivePolicies.Number(100 * policy.RollOut.Batch)}%");
            yield return Value("spec.rollOut.pause", DurationText.Of(policy.RollOut.Pause));
            yield return Value("spec.rollOut.watch", DurationText.Of(policy.RollOut.Watch));
            yield return Made("spec.guard", Text(policy.Guard), policy.Guard is null ? "spec.guard" : GuardOrigin);
            yield return Value("spec.onlyInstance", policy.MayInterrupt ? "mayRestart" : "keep");
            yield return Value("spec.rest", DurationText.Of(policy.Rest));
        }

        EffectiveValue Value(string path, string value) => Made(path, value, path);

        EffectiveValue Made(string path, string value, string origin) =>
            new(ResourceRightsizingBinding.Kind, policy.Name, path, value, policy.Origins.Of(origin), note);
    }
}
