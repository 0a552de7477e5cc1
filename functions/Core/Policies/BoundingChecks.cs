namespace ScaleFunctions.Core.Policies;

/// <summary>
/// Checks of the kinds that hold others back: every workload they name is there, and every name is used once, because what
/// is left of a cap is looked up by it. Where that fails, bounds would silently not hold, so nobody acts.
/// </summary>
internal static class BoundingChecks
{
    private const string Consequence = "so every workload only observes until that is mended";

    public static IReadOnlyList<PolicyError> Run(IReadOnlyList<PolicyDocument> documents)
    {
        // Those with errors count as well: what is told of them is not that they are missing.
        var workloads = documents.Where(document => document.Kind == WorkloadBinding.Kind).Select(document => document.Name).OfType<string>().ToList();
        var bounding = documents.Where(document => PolicyKinds.Bounding.Contains(document.Kind)).ToList();
        return [.. bounding.SelectMany(document => Undefined(document, workloads)), .. Duplicates(bounding), .. Rollouts(bounding)];
    }

    /// <summary>A set goes one way only.</summary>
    private static IEnumerable<PolicyError> Rollouts(IEnumerable<PolicyDocument> bounding) =>
        bounding.Select(document => document.Policy).OfType<GuardrailsPolicy>().Where(guardrails => guardrails.Rollout is not null).ToList() is { Count: > 1 } several
            ? several.Select((guardrails, index) => new PolicyError(
                guardrails.Rollout!.Source, $"'spec.rollout' is also given at {several[index == 0 ? 1 : 0].Rollout!.Source}, {Consequence}; remove one"))
            : [];

    private static IEnumerable<PolicyError> Undefined(PolicyDocument document, List<string> workloads)
    {
        var (named, origins) = document.Policy switch
        {
            GuardrailsPolicy guardrails => (guardrails.Workloads, guardrails.Origins),
            ChangeCalendarPolicy calendar => (calendar.Workloads, calendar.Origins),
            _ => ([], PolicyOrigins.None),
        };
        return named.Index().Where(each => !workloads.Contains(each.Item)).Select(each => new PolicyError(
            origins.Of($"spec.workloads[{each.Index}]") ?? document.NameSource,
            $"the workload {Quoted.Text(each.Item)} is not defined, {Consequence}{NearName.Hint(each.Item, workloads)}"));
    }

    private static IEnumerable<PolicyError> Duplicates(IEnumerable<PolicyDocument> bounding) =>
        from document in bounding
        where document.Name is not null
        group document by (document.Kind, Name: document.Name!.ToUpperInvariant()) into named
        where named.Count() > 1
        from pair in named.Select((document, index) => (Document: document, Other: named.ElementAt(index == 0 ? 1 : 0)))
        select new PolicyError(
            pair.Document.NameSource,
            $"the name '{pair.Document.Name}' is also that of the {pair.Document.Kind} at {pair.Other.NameSource}, {Consequence}; rename one");
}
