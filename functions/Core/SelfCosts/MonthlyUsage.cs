using System.Globalization;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.SelfCosts;

/// <summary>What a month uses, by kind, and how that is known. A kind that is absent is not known.</summary>
/// <param name="Counts">A month, by kind.</param>
/// <param name="Basis">How it is known.</param>
/// <param name="Targets">Resources that are scaled.</param>
/// <param name="Batches">Batches of a tick.</param>
public sealed record MonthlyUsage(IReadOnlyDictionary<UsageKind, decimal> Counts, string Basis, int Targets, int Batches)
{
    /// <summary>Hours of a month: a twelfth of a year, as Azure's own estimates have it.</summary>
    public const decimal Hours = 730;

    private const decimal Minutes = Hours * 60;

    /// <summary>Resources that Azure Monitor answers for in one call, which is how ticks are cut into batches.</summary>
    private const int BatchSize = 50;

    /// <summary>Runs of ForecastRefresh, RightsizeDaily and CostTick in an hour.</summary>
    private const decimal SlowExecutions = 65;

    /// <summary>Less than this tells nothing of a month.</summary>
    private static readonly TimeSpan LeastObserved = TimeSpan.FromMinutes(1);

    /// <summary>A month like the days that were counted; nothing when too little was.</summary>
    public static MonthlyUsage? Measured(IReadOnlyList<UsageDay> days, int targets)
    {
        var observed = days.Aggregate(TimeSpan.Zero, (sum, day) => sum + day.Observed);
        if (observed < LeastObserved)
        {
            return null;
        }

        var total = days.Aggregate((all, day) => all.With(day));
        return new MonthlyUsage(
            total.Counts.ToDictionary(each => each.Key, each => each.Value / (decimal)observed.TotalHours * Hours),
            string.Create(CultureInfo.InvariantCulture, $"counted over {observed.TotalHours:0.#} h, {total.First:yyyy-MM-dd} to {total.Last:yyyy-MM-dd}"),
            targets, BatchesOf(targets));
    }

    /// <summary>A month of minutes like one evaluation, before anything ran.</summary>
    /// <param name="evaluation">What one evaluation of the whole estate used.</param>
    /// <param name="targets">The resources.</param>
    public static MonthlyUsage Estimated(IReadOnlyDictionary<UsageKind, long> evaluation, IReadOnlyList<ObservedTarget> targets)
    {
        var batches = targets.GroupBy(target => (target.Id.Subscription, target.Region, target.Id.ResourceType)).Sum(group => BatchesOf(group.Count()));
        var counts = new[] { UsageKind.ArmReads, UsageKind.MetricReads, UsageKind.OtherReads }
            .ToDictionary(kind => kind, kind => evaluation.GetValueOrDefault(kind) * Minutes);
        counts[UsageKind.Executions] = ((1 + batches) * Minutes) + (SlowExecutions * Hours);
        return new MonthlyUsage(counts, "estimated from one evaluation, each minute", targets.Count, batches);
    }

    /// <summary>
    /// What state in a table takes: 14 + 4 B + 2 T requests a minute, for T targets in B batches. Derived and measured in
    /// docs/adr/0006-state-in-azure-tables.md.
    /// </summary>
    public decimal TableTransactions => (14 + (4 * Batches) + (2 * Targets)) * Minutes;

    /// <summary>Of a tick: a send a batch, and the counts of two queues of failed messages and of two of work.</summary>
    public decimal QueueTransactions => (Batches + 4) * Minutes;

    private static int BatchesOf(int targets) => (targets + BatchSize - 1) / BatchSize;
}
