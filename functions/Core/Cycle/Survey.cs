using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Plans;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What is known when an evaluation begins, and what is left of what its targets share.</summary>
/// <param name="Scope">What it is about.</param>
/// <param name="Items">The targets that policies select.</param>
/// <param name="Tick">What is the same for all of them.</param>
/// <param name="Contested">Targets that several workloads claim.</param>
internal sealed record Survey(
    SurveyScope Scope, IReadOnlyList<SurveyItem> Items, TickContext Tick, IReadOnlyList<TargetReport> Contested)
{
    public FleetAllowance Allowance { get; } = new(Scope.Rooms);

    /// <summary>Sizes that Azure has just had no more of, with what was learned since this survey began.</summary>
    public IReadOnlyList<SizeShortage> Shortages { get; private set; } = Tick.Shortages;

    /// <summary>Others of the batch need not be told the same by Azure.</summary>
    public void Learn(SizeShortage? shortage) => Shortages = shortage is null ? Shortages : [.. Shortages, shortage];

    /// <summary>Asks who changed what we did not.</summary>
    public required DriftActors Drifts { get; init; }

    /// <summary>Kinds of policies that have a say in it, for traces.</summary>
    public string PolicyKinds => string.Join(',', Items
        .SelectMany(item => new string?[]
        {
            "HorizontalScaling",
            item.Policies.LoadBased is null ? null : "LoadBasedScaling",
            item.Policies.Predictive is null ? null : "PredictiveScaling",
            item.Policies.Vertical is null ? null : "VerticalScaling",
            item.Policies.Rightsizing is null ? null : "ResourceRightsizing",
            item.Policies.Usage is null ? null : "UsageOptimization",
        })
        .OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    /// <summary>What a bigger size costs is there for nobody else, in this tick already.</summary>
    public void Take(SizeOutcome outcome, SurveyItem item)
    {
        if (outcome is SizeOutcome.Planned planned)
        {
            Allowance.Take(planned.Plan, item.Target, item.Policies);
        }
    }

    /// <summary>What a plan adds is there for nobody else.</summary>
    public void Take(Plan plan, SurveyItem item, Preflight facts)
    {
        Allowance.Take(plan, item.Target, item.Policies);
        Scope.Preflights.Take(plan, item.Target, facts);
    }
}
