using ScaleFunctions.App.Commands;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>What would be done about a finding.</summary>
/// <param name="Acts">Whether it is carried out in the window.</param>
/// <param name="WhyNot">Why it is told only, or waits; empty where nothing is in its way but the window.</param>
/// <param name="Steps">What would be done, in order, for people.</param>
internal sealed record FindingPlan(bool Acts, string WhyNot, IReadOnlyList<string> Steps)
{
    private const string ScaleSet = "Microsoft.Compute/virtualMachineScaleSets";
    private const string AppServicePlan = "Microsoft.Web/serverfarms";

    /// <summary>As the policy has it; empty where there is none.</summary>
    public string Window { get; init; } = "";

    /// <summary>Until when it is open; absent while it is shut.</summary>
    public DateTimeOffset? OpenUntil { get; init; }

    /// <summary>When it opens next; absent where it does not within days, or there is none.</summary>
    public DateTimeOffset? OpensAt { get; init; }

    /// <summary>What is being brought to the instances now; absent when nothing is.</summary>
    public string? UnderWay { get; init; }

    /// <summary>Nothing where nothing is to change.</summary>
    /// <param name="record">The finding.</param>
    /// <param name="policies">Those in force.</param>
    /// <param name="row">What is known of the target; absent where it is none.</param>
    /// <param name="now">The present.</param>
    public static FindingPlan? Of(RightsizingRecord record, PolicySet policies, TargetRow? row, DateTimeOffset now)
    {
        if (record is not { ToSize: { } size, ToInstances: { } instances })
        {
            return null;
        }

        var policy = policies.ResourceRightsizing.FirstOrDefault(each => each.Name == record.Policy);
        var waits = policy is null ? "no policy asks for it any more; it is judged anew within a day" : record.WhyNotActed ?? Waits(record, policy, row, now);
        return new FindingPlan(record.WhyNotActed is null && policy is not null && record.SuppressedUntil is null, waits, [.. StepsOf(record, size, instances, policy?.Terms)])
        {
            Window = policy?.Window?.When.Window.Text is { Length: > 0 } text ? $"{text} ({policy.Window.When.Zone.Id})" : "",
            OpenUntil = policy?.Window?.When.ActiveUntil(now),
            OpensAt = policy?.Window?.When.NextStart(now),
            UnderWay = row?.RollOut?.To ?? row?.Restage?.To,
        };
    }

    /// <summary>What the evaluation would say of it now, but for prices: these are asked for when it is carried out.</summary>
    private static string Waits(RightsizingRecord record, ResourceRightsizingPolicy policy, TargetRow? row, DateTimeOffset now)
    {
        if (record.SuppressedUntil is not null)
        {
            return record.Why;
        }

        if (record.ToKept() is not { } kept || row is not { Standing: { } standing, LastKnownCapacity: { } current })
        {
            return "it was never evaluated as a target";
        }

        var wish = FindingDecisions.Decide(new FindingContext(
            new FindingReading.Found(kept, Same(kept.PriceNow), Same(kept.PriceThen)), policy, record.Name, standing.Sku, current, row.Sizes, now));
        return wish.Size.IsChange || wish.Count is not null ? "" : SizeText.Of(wish.Size);
    }

    private static PriceReading Same(Money price) => new PriceReading.Known(new Price(price, PriceBasis.Retail, default, ""));

    /// <summary>What gives more comes first.</summary>
    private static IEnumerable<string> StepsOf(RightsizingRecord record, string size, int instances, SizeTerms? terms)
    {
        var changesCount = !record.FollowsLoad && instances != record.Instances;
        var changesSize = !string.Equals(size, record.Size, StringComparison.OrdinalIgnoreCase);
        if (changesCount && instances > record.Instances)
        {
            yield return $"more instances: {record.Instances} → {instances}";
        }

        if (changesSize)
        {
            yield return $"the size: {record.Size} → {size}{(terms is null ? "" : $", {How(record.Id, terms)}")}";
            if (terms is not null)
            {
                var bounds = terms.Guard is { } guard ? $" and no signal of the guard may be beyond its bound ({string.Join(", ", guard.Bounds.Select(bound => $"{bound.Signal} {bound.Text}"))})" : "";
                yield return $"a watch of {SpanText.Describe(terms.RollOut.Watch)}: all instances have to be well{bounds}; else they get {record.Size} back";
            }
        }

        if (changesCount && instances < record.Instances)
        {
            yield return $"fewer instances: {record.Instances} → {instances}";
        }

        if (record.FollowsLoad)
        {
            yield return "the count goes on following the load";
        }
    }

    private static string How(string id, SizeTerms terms) => TargetId.TryParse(id, out var target) && !string.Equals(target.ResourceType, ScaleSet, StringComparison.OrdinalIgnoreCase)
        ? string.Equals(target.ResourceType, AppServicePlan, StringComparison.OrdinalIgnoreCase) ? "by one write: its apps move to new instances" : "by a restart"
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{100 * terms.RollOut.Batch:0.#} % of the instances at a time, {SpanText.Describe(terms.RollOut.Pause)} between two batches");
}
