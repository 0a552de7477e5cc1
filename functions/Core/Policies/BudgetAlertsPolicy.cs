using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Policies;

/// <summary>What may be spent in a period, and what is done, step by step, when it will not be enough (<c>kind: BudgetAlerts</c>).</summary>
public sealed record BudgetAlertsPolicy
{
    /// <summary>Ten times the amount: beyond it a percentage was mistaken.</summary>
    public const double MostPercent = 1_000;

    public required string Name { get; init; }

    /// <summary>Whom to ask; empty when not said.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Id of a subscription, resource group or management group, in lower case.</summary>
    public required string Scope { get; init; }

    /// <summary>What of the scope counts: each tag with one of its values. Empty: all of it.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Tags { get; init; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);

    /// <summary>What may be spent, above zero; absent when a budget of Azure says it.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Id of the budget of Azure, in lower case; empty when the policy says the amount.</summary>
    public string Budget { get; init; } = "";

    /// <summary>ISO 4217 code of all amounts. Spend in another currency is not judged.</summary>
    public required string Currency { get; init; }

    public BudgetPeriod Period { get; init; }

    /// <summary>Whether reservations count day by day, in place of the day they were bought on.</summary>
    public bool IsAmortized { get; init; }

    /// <summary>Whether its steps are carried out, or told only.</summary>
    public PolicyMode Mode { get; init; }

    /// <summary>Percentages of the amount that are told when what is spent passes them.</summary>
    public IReadOnlyList<double> ActualThresholds { get; init; } = [];

    /// <summary>Percentages of the amount that are told when the forecast passes them.</summary>
    public IReadOnlyList<double> ForecastThresholds { get; init; } = [];

    /// <summary>The mildest step first.</summary>
    public IReadOnlyList<BudgetStep> Ladder { get; init; } = [];

    public BudgetUndo Undo { get; init; } = BudgetUndo.Usual;

    /// <summary>Names of the channels that are told; empty where the owner's are.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>The channels that are told, by name, owner or default.</summary>
    public IReadOnlyList<AlertChannel> TellsBy { get; init; } = [];

    public required PolicySource Source { get; init; }

    public PolicyOrigins Origins { get; init; } = PolicyOrigins.None;

    /// <summary>What its spend is counted for.</summary>
    public SpendScope Counts => new(Scope, Tags);

    /// <summary>Whether what a resource costs counts here. Steps change nothing else: that would save nothing.</summary>
    public bool Covers(ObservedTarget target) => ScopedSpend.Holds(Counts, target.Id.Value, target.ManagementGroups, target.Tags);
}
