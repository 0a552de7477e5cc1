namespace ScaleFunctions.Core.Policies;

/// <summary>Puts what a policy says over what it extends: a preset, or another policy of its kind.</summary>
internal sealed class PolicyInheritance(IReadOnlyList<ParsedDocument> documents)
{
    /// <summary>An organisation's default on a preset, a team's on that, the policy: deeper than this nobody can follow.</summary>
    private const int MaximumLevels = 5;

    private readonly HashSet<(string? Kind, string Name)> _extended =
        [.. documents.Select(document => (document.Kind, (document.Extends as PolicyNode.Scalar)?.Text ?? ""))];

    /// <summary>
    /// Whether the document only serves others: it names no workload, or as a workload selects nothing, and it is a preset or somebody extends it. What it
    /// says is checked with each policy that extends it, for alone it need not be complete.
    /// </summary>
    public bool IsBase(ParsedDocument document) =>
        IsExtensible(document) && document.Spec is not null && !document.HasPurpose
        && (document.Preset is not null || _extended.Contains((document.Kind, document.Name ?? "")));

    /// <summary>The document with everything it inherits. Each value keeps the place where it was written.</summary>
    public MergedDocument Merge(ParsedDocument document)
    {
        List<ParsedDocument> ancestors = [];
        for (var at = document; IsExtensible(at) && at.Extends is not null;)
        {
            if (Find(at, document.Errors) is not { } next)
            {
                return new MergedDocument(document.Root, []);
            }

            if (next == document || ancestors.Contains(next) || ancestors.Count == MaximumLevels)
            {
                document.Errors.Add(at.Extends, ancestors.Count == MaximumLevels
                    ? $"'spec.extends' goes on for more than {MaximumLevels} levels; extend something nearer"
                    : $"'spec.extends' leads back to where it began, at {next.Root.Source}; a policy cannot extend itself");
                return new MergedDocument(document.Root, []);
            }

            ancestors.Add(next);
            at = next;
        }

        return ancestors.Count == 0
            ? new MergedDocument(document.Root, [])
            : new MergedDocument(WithSpec(document, Spec(document, ancestors)), ancestors);
    }

    private static bool IsExtensible(ParsedDocument document) =>
        document.Kind is WorkloadBinding.Kind or HorizontalScalingBinding.Kind or LoadBasedScalingBinding.Kind or PredictiveScalingBinding.Kind
            or VerticalScalingBinding.Kind or ResourceRightsizingBinding.Kind or UsageOptimizationBinding.Kind;

    private ParsedDocument? Find(ParsedDocument document, PolicyErrors errors)
    {
        var field = new PolicyField(document.Extends!, "spec.extends", errors);
        if (field.Text() is not { } name)
        {
            return null;
        }

        var candidates = Candidates(document.Kind!, name);
        if (candidates.Count == 1)
        {
            return candidates[0];
        }

        field.Fail(candidates.Count == 0
            ? $"names {Quoted.Text(name)}, which is neither a preset nor the name of a {document.Kind} policy"
                + $"{NearName.Hint(name, Names(document.Kind!))} (presets: {Quoted.List(PresetNames())})"
            : $"names '{name}', as {candidates.Count} {document.Kind} policies are called (at {candidates[0].Root.Source} and {candidates[1].Root.Source}); rename one");
        return null;
    }

    /// <summary>A preset in the policy directory goes before the one of the same name that comes with the program.</summary>
    private List<ParsedDocument> Candidates(string kind, string name)
    {
        if (!name.StartsWith(PolicyPresets.Prefix, StringComparison.Ordinal))
        {
            return [.. documents.Where(document => document.Preset is null && document.Kind == kind && document.Name == name)];
        }

        var own = documents.Where(document => document.Preset == name && document.Kind == kind).ToList();
        return own.Count > 0 ? own : [.. PolicyPresets.Documents.Where(document => document.Preset == name && document.Kind == kind)];
    }

    private IEnumerable<string> PresetNames() =>
        documents.Concat(PolicyPresets.Documents).Select(document => document.Preset).OfType<string>().Distinct().Order(StringComparer.Ordinal);

    private IEnumerable<string> Names(string kind) => documents
        .Where(document => document.Preset is null && document.Kind == kind)
        .Select(document => document.Name)
        .OfType<string>()
        .Concat(PresetNames());

    private static PolicyNode Spec(ParsedDocument document, List<ParsedDocument> ancestors)
    {
        PolicyNode spec = new PolicyNode.Mapping([], document.Root.Source);
        foreach (var ancestor in Enumerable.Reverse(ancestors))
        {
            spec = NodeMerge.Over(WithoutIdentity(ancestor), spec);
        }

        return document.Spec is null ? document.Fields?["spec"] ?? spec : NodeMerge.Over(document.Spec, spec);
    }

    /// <summary>What a policy is for, and what it extends itself, is not handed on.</summary>
    private static PolicyNode.Mapping WithoutIdentity(ParsedDocument document) => document.Spec is not { } spec
        ? new PolicyNode.Mapping([], default)
        : spec with { Fields = [.. spec.Fields.Where(field => field.Key.Text != document.Purpose && field.Key.Text != "extends")] };

    private static PolicyNode.Mapping WithSpec(ParsedDocument document, PolicyNode spec) => document.Fields! with
    {
        Fields = [.. document.Fields!.Fields.Select(field => field.Key.Text == "spec" ? KeyValuePair.Create(field.Key, spec) : field)],
    };
}
