using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Assessments;

/// <summary>A first look at an estate: what there is, whose it is, what is wasted, what flaps, and what nobody could judge.</summary>
public sealed record EstateAssessment
{
    public required DateTimeOffset At { get; init; }

    public required AssessmentTerms Terms { get; init; }

    public required IReadOnlyList<EstatePart> Parts { get; init; }

    /// <summary>The most first.</summary>
    public required IReadOnlyList<OwnerGroup> Owners { get; init; }

    /// <summary>Resources that had too many instances, the dearest first.</summary>
    public required IReadOnlyList<SurplusLine> Surplus { get; init; }

    /// <summary>What that costs a month, by currency; empty when nothing is priced.</summary>
    public required IReadOnlyList<Money> SurplusPerMonth { get; init; }

    /// <summary>What all judged instances cost a month, by currency.</summary>
    public required IReadOnlyList<Money> JudgedPerMonth { get; init; }

    public required IReadOnlyList<PriceGround> Prices { get; init; }

    /// <summary>Resources with too many instances whose price nobody knows.</summary>
    public required int NotPriced { get; init; }

    /// <summary>Virtual machines that cost more than they do, by what is to be said, the dearest first. None of it is in the surplus.</summary>
    public required IReadOnlyList<MachineLine> Machines { get; init; }

    /// <summary>Those whose count goes forth and back, the worst first.</summary>
    public required IReadOnlyList<AssessedTarget> Flapping { get; init; }

    public required IReadOnlyList<AssessedSetting> Settings { get; init; }

    /// <summary>Those that something sets back, as it seems.</summary>
    public required IReadOnlyList<AssessedTarget> Resets { get; init; }

    public required int Judged { get; init; }

    public required IReadOnlyList<UnjudgedLine> NotJudged { get; init; }

    /// <summary>What could not be read; empty when everything was.</summary>
    public required IReadOnlyList<string> Gaps { get; init; }

    public int Resources => Parts.Sum(part => part.Count);

    public int Ours => Parts.Sum(part => part.Ours);

    public bool IsPartial => Gaps.Count > 0;

    public static EstateAssessment Of(AssessmentFacts facts)
    {
        var all = facts.Inventory.Targets.Concat(facts.Inventory.LeftAlone).ToList();
        var judged = facts.Targets.Where(each => each.Use is CapacityUse.Judged).ToList();
        var machines = facts.Targets.Select(each => MachineLine.Of(each, facts.Terms)).OfType<MachineLine>()
            .OrderBy(line => line.Finding).ThenByDescending(line => line.PerMonth?.Amount ?? -1).ThenBy(line => line.Target.Id.Key, StringComparer.Ordinal).ToList();
        var told = machines.Select(line => line.Target.Id).ToHashSet();
        var unjudged = facts.Targets.Where(each => each.Use is CapacityUse.Unjudged && !told.Contains(each.Target.Id)).ToList();
        var surplus = judged.Select(Surplused).OfType<SurplusLine>()
            .OrderByDescending(line => line.PerMonth?.Amount ?? -1).ThenByDescending(line => line.Use.Surplus).ThenBy(line => line.Target.Id.Key, StringComparer.Ordinal).ToList();
        return new EstateAssessment
        {
            At = facts.At,
            Terms = facts.Terms,
            Parts = [.. all.GroupBy(target => (Subscription: target.Id.Subscription.ToLowerInvariant(), Type: target.Id.ResourceType.ToLowerInvariant()))
                .Select(part => new EstatePart(part.First().Id.Subscription, part.First().Id.ResourceType, part.Count(), part.Count(IsOurs)))
                .OrderBy(part => part.Subscription, StringComparer.Ordinal).ThenBy(part => part.ResourceType, StringComparer.Ordinal)],
            Owners = [.. all.Where(target => !IsOurs(target)).GroupBy(target => (target.Owner.Kind, Name: ServiceOf(target.Owner)))
                .Select(group => new OwnerGroup(group.Key.Kind, group.Key.Name, group.Count(), group.First().Id.Name, group.First().Owner.Why))
                .OrderByDescending(group => group.Count).ThenBy(group => group.Name, StringComparer.Ordinal)],
            Surplus = surplus,
            SurplusPerMonth = Sums(surplus.Select(line => line.PerMonth)),
            JudgedPerMonth = Sums(judged.Select(each => Monthly(each.Price, ((CapacityUse.Judged)each.Use).MeanInstances))),
            Prices = [.. judged.Select(each => each.Price).OfType<PriceReading.Known>().GroupBy(known => known.Price.Basis)
                .Select(group => new PriceGround(group.Key, group.Min(known => known.Price.AsOf), group.Max(known => known.Price.AsOf), group.Count()))],
            NotPriced = surplus.Count(line => line.PerMonth is null),
            Machines = machines,
            Flapping = [.. judged.Where(each => Reversals(each) >= facts.Terms.FlappingPerDay).OrderByDescending(Reversals).ThenBy(each => each.Target.Id.Key, StringComparer.Ordinal)],
            Settings = facts.Settings,
            Resets = [.. judged.Where(each => each.IsSetBack)],
            Judged = facts.Targets.Count - unjudged.Count,
            NotJudged = [.. unjudged
                .Select(each => new UnjudgedLine(each.Target, ((CapacityUse.Unjudged)each.Use).Why)).OrderBy(line => line.Target.Id.Key, StringComparer.Ordinal)],
            Gaps = [.. facts.Inventory is InventoryReading.Partial partial ? [partial.Reason] : Array.Empty<string>(),
                .. facts.Inventory.Unread.Select(unread => $"{unread.ResourceType} of subscription {unread.Subscription}: {unread.Why}"), .. facts.Gaps],
        };
    }

    /// <summary>What would be judged and, one day, scaled; what nobody knows the owner of is left alone.</summary>
    public static bool IsOurs(ObservedTarget target) =>
        target.Owner.Kind == OwnerKind.Nobody || target is { Owner.Kind: OwnerKind.NativeAutoscale, Native: NativeAutoscale.Steerable };

    private static SurplusLine? Surplused(AssessedTarget each) => each.Use is CapacityUse.Judged { Surplus: > 0 } use
        ? new SurplusLine(each.Target, use, Monthly(each.Price, use.Surplus), (each.Price as PriceReading.Missing)?.Why ?? "")
        : null;

    internal static Money? Monthly(PriceReading price, double instances) => price is PriceReading.Known { Price.PerHour: var perHour }
        ? perHour with { Amount = decimal.Round(perHour.Amount * (decimal)instances * AssessmentTerms.HoursPerMonth, 2) }
        : null;

    private static IReadOnlyList<Money> Sums(IEnumerable<Money?> amounts) =>
        [.. amounts.OfType<Money>().GroupBy(amount => amount.Currency).Select(group => new Money(group.Sum(amount => amount.Amount), group.Key)).OrderBy(sum => sum.Currency, StringComparer.Ordinal)];

    private static double Reversals(AssessedTarget each) => (each.Use as CapacityUse.Judged)?.ReversalsPerDay ?? 0;

    /// <summary>The service without the name of one of its resources: <c>AKS cluster</c> of <c>AKS cluster prod-1</c>.</summary>
    private static string ServiceOf(CapacityOwner owner) => owner.Kind == OwnerKind.Service ? ManagingServices.NameOf(owner.Name) : owner.Name;
}
