namespace ScaleFunctions.Core.Policies;

/// <summary>
/// Checks that need every document: names used once, one policy of a kind per workload, references that lead somewhere.
/// Of duplicates none stays: which one was meant is the owner's to say, not the order of the files'.
/// </summary>
internal sealed class PolicyCrossChecks
{
    /// <summary>Each workload is compared with each; beyond this many, overlaps are found target by target only.</summary>
    private const int MaximumCompared = 200;

    private readonly IReadOnlyList<PolicyDocument> _documents;
    private readonly HashSet<PolicyDocument> _rejected = new(ReferenceEqualityComparer.Instance);
    private readonly List<PolicyError> _errors = [];

    private PolicyCrossChecks(IReadOnlyList<PolicyDocument> documents) => _documents = documents;

    /// <summary>The policies that stay, and what was wrong with the others.</summary>
    public static (IReadOnlyList<object> Policies, IReadOnlyList<PolicyError> Errors) Run(IReadOnlyList<PolicyDocument> documents)
    {
        var checks = new PolicyCrossChecks(documents);
        checks.RefuseDuplicateWorkloads();
        checks.RefuseDuplicatePolicies();
        checks.RefuseDuplicateKinds();
        checks.RefuseDuplicateNames(BudgetAlertsBinding.Kind, "budget");
        checks.RefuseDuplicateNames(CostMonitoringBinding.Kind, "monitoring of costs");
        checks.RefuseDuplicateNames(AlertChannelsBinding.Kind, "list of channels");
        checks.CheckWorkloads();
        checks.CheckBounds();
        checks.CheckForecasts();
        checks.RefuseOverlaps();
        var policies = documents.Where(checks.IsValid).Select(document => document.Policy!).ToList();
        return (policies, checks._errors);
    }

    private bool IsValid(PolicyDocument document) => document.Policy is not null && !_rejected.Contains(document);

    private void RefuseDuplicateWorkloads()
    {
        var workloads = _documents.Where(document => document is { Kind: WorkloadBinding.Kind, Name: not null });
        foreach (var group in workloads.GroupBy(document => document.Name!, StringComparer.OrdinalIgnoreCase))
        {
            foreach (var (document, other) in EachWithAnother([.. group]))
            {
                Reject(document, document.NameSource,
                    $"the workload '{document.Name}' is also defined at {other.NameSource}; neither is used until one is renamed");
            }
        }
    }

    private void RefuseDuplicatePolicies()
    {
        var policies = _documents.Where(document => document.Workload is not null && document.Kind != WorkloadBinding.Kind);
        foreach (var group in policies.GroupBy(document => (document.Kind, document.Workload)))
        {
            if (MostSpecific([.. group]) is { } chosen)
            {
                _rejected.UnionWith(group.Where(document => document != chosen));
                continue;
            }

            foreach (var (document, other) in EachWithAnother([.. group]))
            {
                Reject(document, document.WorkloadSource,
                    $"the workload {Quoted.Text(document.Workload!)} has another {document.Kind} policy at {other.WorkloadSource}; "
                    + "neither is used until one is removed");
            }
        }
    }

    /// <summary>By name and by type: of two ways to write one resource nobody knows which is meant.</summary>
    private void RefuseDuplicateKinds()
    {
        var kinds = _documents.Where(document => document.Policy is ResourceKindPolicy).ToList();
        foreach (var group in kinds.GroupBy(document => document.Name, StringComparer.OrdinalIgnoreCase)
            .Concat(kinds.GroupBy(document => ((ResourceKindPolicy)document.Policy!).ResourceType, StringComparer.OrdinalIgnoreCase)))
        {
            foreach (var (document, other) in EachWithAnother([.. group]))
            {
                Reject(document, document.NameSource,
                    $"the kind of resource '{group.Key}' is also declared at {other.NameSource}; neither is used until one is removed");
            }
        }
    }

    /// <summary>What is kept, told and put off of them goes by their names.</summary>
    private void RefuseDuplicateNames(string kind, string word)
    {
        foreach (var group in _documents.Where(document => document.Kind == kind && document.Name is not null).GroupBy(document => document.Name!, StringComparer.OrdinalIgnoreCase))
        {
            foreach (var (document, other) in EachWithAnother([.. group]))
            {
                Reject(document, document.NameSource, $"the {word} '{document.Name}' is also defined at {other.NameSource}; neither is used until one is renamed");
            }
        }
    }

    private void CheckWorkloads()
    {
        var byName = _documents
            .Where(document => document is { Kind: WorkloadBinding.Kind, Name: not null })
            .ToLookup(document => document.Name!, StringComparer.Ordinal);
        foreach (var document in _documents.Where(each => each.Workload is not null && each.Kind != WorkloadBinding.Kind))
        {
            var named = byName[document.Workload!].FirstOrDefault();
            if (named is null)
            {
                Reject(document, document.WorkloadSource,
                    $"the workload {Quoted.Text(document.Workload!)} is not defined{NearName.Hint(document.Workload!, byName.Select(each => each.Key))}");
            }
            else if (!IsValid(named))
            {
                Reject(document, document.WorkloadSource,
                    $"the workload '{named.Name}' has errors (see {named.NameSource}), so this policy is not used");
            }
        }
    }

    private void CheckBounds()
    {
        var horizontal = _documents
            .Where(document => document.Kind == HorizontalScalingBinding.Kind)
            .ToLookup(document => document.Workload, StringComparer.Ordinal);
        var bounded = _documents.Where(document => (document.Kind is LoadBasedScalingBinding.Kind or VerticalScalingBinding.Kind or UsageOptimizationBinding.Kind
            || document.Policy is ResourceRightsizingPolicy { Mode: SizeMode.Act }) && IsValid(document));
        foreach (var document in bounded.ToList())
        {
            var bounds = horizontal[document.Workload].OrderByDescending(IsValid).FirstOrDefault();
            if (bounds is null)
            {
                Reject(document, document.WorkloadSource,
                    $"the workload '{document.Workload}' has no HorizontalScaling policy, so its bounds are missing; add one");
            }
            else if (document.Kind == LoadBasedScalingBinding.Kind && bounds.Policy is HorizontalScalingPolicy { FollowsSchedule: true })
            {
                Reject(document, document.WorkloadSource,
                    $"the HorizontalScaling policy of '{document.Workload}' (at {bounds.WorkloadSource}) has 'follow: schedule', so no load counts; remove that, or this policy");
            }
            else if (!IsValid(bounds))
            {
                Reject(document, document.WorkloadSource,
                    $"the HorizontalScaling policy of '{document.Workload}' has errors (see {bounds.WorkloadSource}), so this policy is not used");
            }
        }
    }

    /// <summary>A forecast is of a load that something is sized by, or it has nothing to say about instances.</summary>
    private void CheckForecasts()
    {
        var followed = _documents
            .Where(document => document.Kind == LoadBasedScalingBinding.Kind)
            .ToLookup(document => document.Workload, StringComparer.Ordinal);
        foreach (var document in _documents.Where(each => each.Kind == PredictiveScalingBinding.Kind && IsValid(each)).ToList())
        {
            var policy = (PredictiveScalingPolicy)document.Policy!;
            var load = followed[document.Workload].OrderByDescending(IsValid).FirstOrDefault();
            if (load is null)
            {
                Reject(document, document.WorkloadSource,
                    $"the workload '{document.Workload}' has no LoadBasedScaling policy, so there is no load to forecast; add one");
            }
            else if (!IsValid(load))
            {
                Reject(document, document.WorkloadSource,
                    $"the LoadBasedScaling policy of '{document.Workload}' has errors (see {load.WorkloadSource}), so this policy is not used");
            }
            else if (policy.Tracked((LoadBasedScalingPolicy)load.Policy!) is null)
            {
                Reject(document, policy.Origins.Of("spec.signal") ?? document.WorkloadSource, policy.Signal is { } signal
                    ? $"'spec.signal' names '{signal}', for which the LoadBasedScaling policy at {load.WorkloadSource} has no 'targetTracking', so its forecast asks for no instances; "
                        + "add a target there, or name a signal that has one"
                    : $"the LoadBasedScaling policy at {load.WorkloadSource} has no 'targetTracking', so a forecast of its load asks for no instances; add a target there");
            }
        }
    }

    /// <summary>The one that extends all the others, which it replaces.</summary>
    private static PolicyDocument? MostSpecific(IReadOnlyList<PolicyDocument> group) => group.Count < 2
        ? null
        : group.FirstOrDefault(document => group.All(other => other == document || (other.Name is { } name && document.Extends.Contains(name))));

    /// <summary>
    /// Two workloads of which one selects all that the other selects, both with a policy of a kind: every target of the
    /// inner one would be left alone. Selections that only may meet are found target by target.
    /// </summary>
    private void RefuseOverlaps()
    {
        var scaled = _documents
            .Where(document => document.Kind == HorizontalScalingBinding.Kind && IsValid(document))
            .Select(policy => (Policy: policy, Workload: WorkloadNamed(policy.Workload!)))
            .Take(MaximumCompared)
            .ToList();
        foreach (var (policy, workload) in scaled)
        {
            var around = scaled.FirstOrDefault(other =>
                other.Workload != workload
                && MostSpecific([policy, other.Policy]) is null
                && SelectorOverlap.IsWithin(workload.Select, other.Workload.Select));
            if (around.Policy is not null)
            {
                _errors.Add(new PolicyError(policy.WorkloadSource,
                    $"all that the workload '{workload.Name}' selects is also selected by '{around.Workload.Name}' (at {around.Workload.Source}), which has a "
                    + $"{policy.Kind} policy too (at {around.Policy.WorkloadSource}); narrow one selection, or let one policy extend the other"));
            }
        }
    }

    private WorkloadPolicy WorkloadNamed(string name) =>
        _documents.Where(document => IsValid(document) && document.Name == name).Select(document => document.Policy).OfType<WorkloadPolicy>().First();

    private static IEnumerable<(PolicyDocument Document, PolicyDocument Other)> EachWithAnother(IReadOnlyList<PolicyDocument> group) =>
        group.Count < 2 ? [] : group.Select((document, index) => (document, index == 0 ? group[1] : group[0]));

    private void Reject(PolicyDocument document, PolicySource source, string message)
    {
        _rejected.Add(document);
        _errors.Add(new PolicyError(source, message));
    }
}
