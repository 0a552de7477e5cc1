using System.Globalization;
using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Core.Decisions.Budgets;

/// <summary>
/// Chooses the size that a step of a budget gives a resource: the one it names, or the nearest below on the ladder that is known to cost
/// less. The count stays, so that the size has to carry on as many instances what was used at the busiest moment; what is not known
/// makes nothing smaller.
/// </summary>
/// <example>
/// 4 × P2v3 of 4 cores at 0.40 an hour, the busiest sample of the processors 30 %, bigger above 80 %:
/// <code>
/// P1v3   2 cores   0.20   30 × 4 / 2 = 60 %, not above 80: it gets P1v3, and 4 × (0.40 − 0.20) an hour are saved
/// P0v3   1 core    0.10   named by the step: 30 × 4 / 1 = 120 %, above 80: it keeps P2v3
/// </code>
/// </example>
public static class CheaperSizes
{
    /// <summary>The sizes it may get, the one that is preferred first.</summary>
    /// <param name="named">The size that the step names; empty: those of the ladder.</param>
    /// <param name="current">The size there is.</param>
    /// <param name="policy">The ladder, as it is where the resource is.</param>
    public static IReadOnlyList<string> Candidates(string named, string current, VerticalScalingPolicy policy) =>
        named.Length > 0 ? [named]
        : policy.StepOf(current) is { } step ? [.. policy.Sizes.Take(step).Reverse()]
        : [];

    /// <summary>The first that costs less, and what both cost an hour; or why there is none.</summary>
    public static (string Size, decimal Now, decimal Then, string Why) Cheapest(
        IReadOnlyList<string> candidates, string current, IReadOnlyDictionary<string, PriceReading> prices)
    {
        if (candidates.Count == 0)
        {
            return ("", 0, 0, $"nothing is below {current} on its ladder");
        }

        if (PerHour(current) is not { } now)
        {
            return ("", 0, 0, $"what {current} costs is not known: {Missing(current)}");
        }

        foreach (var size in candidates)
        {
            if (PerHour(size) is { } then && then < now)
            {
                return (size, now, then, "");
            }
        }

        return ("", now, 0, $"nothing cheaper is priced: {string.Join("; ", candidates.Select(size => PerHour(size) is { } price
            ? string.Create(CultureInfo.InvariantCulture, $"{size} costs {price:0.####} an hour, {current} {now:0.####}")
            : $"{size} has no price, {Missing(size)}"))}");

        decimal? PerHour(string size) => prices.GetValueOrDefault(size) is PriceReading.Known known ? known.Price.PerHour.Amount : null;

        string Missing(string size) => prices.GetValueOrDefault(size) is PriceReading.Missing missing ? missing.Why : "it was not read";
    }

    public static SizeDecision Decide(CheaperSizeContext context)
    {
        var (measure, sizing) = (context.Measure, context.Sizing);
        var policy = sizing.Policy;
        if (BudgetSize.Is(measure.Size, sizing.Current))
        {
            return Keep("it has it");
        }

        if (sizing.Instances == 0)
        {
            return Keep("nothing of it runs, so that another size saves nothing");
        }

        if (measure.Size.Length == 0 && policy.StepOf(sizing.Current) is null)
        {
            return Keep($"{sizing.Current} is not on the ladder of {policy.Name}");
        }

        var (size, now, then, why) = Cheapest(Candidates(measure.Size, sizing.Current, policy), sizing.Current, context.Prices);
        if (size.Length == 0)
        {
            return Keep(why);
        }

        if (context.Wanted > sizing.Instances)
        {
            return Keep($"the load wants {context.Wanted} instances of {sizing.Current} now, and there are {sizing.Instances}");
        }

        if (sizing.Use(UsedPart.Cpu, policy.Down.Cpu) is SizeUse.Unknown cpu)
        {
            return Keep(cpu.Why);
        }

        if (sizing.Use(UsedPart.Memory, policy.Down.Memory) is SizeUse.Unknown memory)
        {
            return Keep(memory.Why);
        }

        return SizeProjection.Of(sizing, size) switch
        {
            null => Keep($"what {size} or {sizing.Current} has is not known"),
            { Cpu: var busy } when busy > policy.Up.Cpu.Percent => Keep(Short(size, sizing.Instances, "processors", busy, policy.Up.Cpu.Percent)),
            { Memory: var full } when full > policy.Up.Memory.Percent => Keep(Short(size, sizing.Instances, "memory", full, policy.Up.Memory.Percent)),
            var fits => new SizeDecision(sizing.Current, size, new SizeReason.UnderBudget(measure.Budget, measure.Step, now, then, measure.Currency, fits)),
        };

        SizeDecision Keep(string because) => new(sizing.Current, sizing.Current, new SizeReason.NotUnderBudget(measure.Budget, measure.Step, because));
    }

    private static string Short(string size, int instances, string what, double projected, double above) => string.Create(
        CultureInfo.InvariantCulture, $"{instances} × {size} could not carry the load: {projected:0.#} % of the {what} would be used at the busiest moment, above {above:0.#}");
}
