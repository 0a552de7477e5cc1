using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ScaleFunctions.Core.Policies.Schemas;

/// <summary>What <c>kind: BudgetAlerts</c> looks like.</summary>
internal static class BudgetAlertsShapes
{
    internal sealed record BudgetAlerts
    {
        [Description("Id of a subscription, resource group or management group. Default: that of the budget.")]
        public string? Scope { get; init; }

        [Description("What of the scope counts: resources with these tags, each with one of the values. Default: all.")]
        public IReadOnlyDictionary<string, PolicyShapes.TagValues>? Tags { get; init; }

        [Description("What may be spent in a period. Either this or budget.")]
        [Range(double.Epsilon, BudgetAlertsBinding.MostAmount)]
        public double? Amount { get; init; }

        [Description("Id of a budget of Azure, whose amount and period count.")]
        public string? Budget { get; init; }

        [Description("Three capital letters, such as EUR. Spend in another currency is not judged.")]
        [RegularExpression("^[A-Z]{3}$")]
        public required string Currency { get; init; }

        [Description("In UTC. Default: month.")]
        [AllowedValues("month", "quarter", "year")]
        public string? Period { get; init; }

        [Description("amortized: day by day; whenBought: on the day they were bought. Default: whenBought.")]
        [AllowedValues("amortized", "whenBought")]
        public string? Reservations { get; init; }

        [Description("observe: steps are told and not carried out; act: they are. Default: observe.")]
        [AllowedValues("observe", "act")]
        public string? Mode { get; init; }

        [Description("What is told once a period when it is passed, in percent of the amount.")]
        public BudgetThresholds? Thresholds { get; init; }

        [Description("What is done when the amount will not do; the mildest step first.")]
        public IReadOnlyList<BudgetStepShape>? Ladder { get; init; }

        [Description("When steps are undone before the period ends.")]
        public BudgetUndoShape? Undo { get; init; }

        [Description("Names of the channels that are told. Default: those of the owner.")]
        public IReadOnlyList<string>? Channels { get; init; }
    }

    internal sealed record BudgetThresholds
    {
        [Description("Of what is spent, such as [50, 80, 100]; at most 1,000.")]
        public IReadOnlyList<double>? Actual { get; init; }

        [Description("Of what the whole period is expected to cost.")]
        public IReadOnlyList<double>? Forecast { get; init; }
    }

    internal sealed record BudgetStepShape
    {
        [AllowedValues("notify", "offHours", "lowerMaximum", "stop", "cheaperSize", "freezeScaleOut")]
        public required string Step { get; init; }

        [Description("For messages and handles. Default: the word of the step.")]
        [RegularExpression(PolicyShapes.Name)]
        public string? Name { get; init; }

        [Description("From when on it is wanted.")]
        public required BudgetWhen When { get; init; }

        [Description("What it changes. stop only concerns resources with the tag scalefunctions:budget-stop: true too.")]
        public PolicyShapes.Selection? Select { get; init; }

        [Description("required: a person has to say yes. Default: none.")]
        [AllowedValues("required", "none")]
        public string? Approval { get; init; }

        [Description("Time between the announcement and the grace, such as 4h. Default: 0s; stop needs it.")]
        [RegularExpression(PolicyShapes.Duration)]
        public string? Notice { get; init; }

        [Description("Time in which it is told a last time before it is done. Default: 0s; stop needs it.")]
        [RegularExpression(PolicyShapes.Duration)]
        public string? Grace { get; init; }

        [Description("offHours: when resources are off, such as [\"Mon-Fri 18:00-08:00\", \"Sat,Sun\"].")]
        public IReadOnlyList<string>? Off { get; init; }

        [Description("IANA name, such as Europe/Zurich. Default: UTC.")]
        public string? TimeZone { get; init; }

        [Description("lowerMaximum: instances at most; never below the minimum of the policy.")]
        [Range(1, HorizontalScalingBinding.MaximumInstances)]
        public int? Maximum { get; init; }

        [Description("lowerMaximum: share of the maximum the policy has, rounded up.")]
        public PolicyShapes.Share? MaximumShare { get; init; }

        [Description("cheaperSize: the size that scale sets, virtual machines or App Service plans get, such as P0v3. Default: the next cheaper one of the ladder of their VerticalScaling policy.")]
        public string? Size { get; init; }

        [Description("cheaperSize: that another size restarts instances, machines and apps is fine. It needs this to be true.")]
        public bool? AllowRestart { get; init; }
    }

    internal sealed record BudgetWhen
    {
        [Description("Of what is spent, in percent of the amount.")]
        [Range(double.Epsilon, BudgetAlertsPolicy.MostPercent)]
        public double? Actual { get; init; }

        [Description("Of what the whole period is expected to cost, in percent of the amount.")]
        [Range(double.Epsilon, BudgetAlertsPolicy.MostPercent)]
        public double? Forecast { get; init; }
    }

    internal sealed record BudgetUndoShape
    {
        [Description("The forecast has to be below this, in percent of the amount. Default: 95.")]
        [Range(double.Epsilon, BudgetAlertsPolicy.MostPercent)]
        public double? ForecastBelow { get; init; }

        [Description("For so long. Default: 6h.")]
        [RegularExpression(PolicyShapes.Duration)]
        public string? For { get; init; }

        [Description("Share of the resources that are restored first. Default: 25 %.")]
        public PolicyShapes.Share? FirstShare { get; init; }

        [Description("How much later the others are. Default: 30m.")]
        [RegularExpression(PolicyShapes.Duration)]
        public string? RestAfter { get; init; }
    }
}
