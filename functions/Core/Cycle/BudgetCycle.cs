using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Looks at budgets: reads what was spent with our own identity, lets the ladder move, keeps how far it is, and tells. It changes no
/// resource: evaluations look up what is in force.
/// </summary>
public sealed class BudgetCycle(BudgetBook book, BudgetStates states, BudgetSources sources, TimeProvider time, RowStore? rows = null, IComputeLimits? limits = null)
{
    /// <summary>Looks at one budget.</summary>
    /// <returns>What people have to know.</returns>
    /// <exception cref="StateStoreException">What is kept of it kept changing.</exception>
    public async Task<IReadOnlyList<BudgetNews>> LookAsync(BudgetAlertsPolicy policy, PolicySet policies, CancellationToken cancellationToken)
    {
        var budget = policy.Budget.Length == 0 ? null : await sources.Budgets.ReadAsync(policy.Budget, cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        var kept = (await states.ReadAsync(policy.Name, cancellationToken).ConfigureAwait(false)).Record.Ladder;
        var period = Period(policy, budget, kept, now);
        var spend = await sources.Spend.ReadAsync(policy.Counts, period, policy.IsAmortized, cancellationToken).ConfigureAwait(false);
        var judgement = BudgetJudgement.Of(policy, spend, budget, now);
        var reach = judgement is BudgetJudgement.Judged { Overspend: > 0 }
            ? await ReachAsync(policy, policies, period, now, cancellationToken).ConfigureAwait(false)
            : null;
        return await book.ChangeAsync(
            policy,
            async record =>
            {
                var answers = await book.AnswersAsync(record, cancellationToken).ConfigureAwait(false);
                var look = new LadderLook { Policy = policy, Kept = record.Ladder, Judgement = judgement, Period = period, Now = now, Answers = answers };
                var seen = record with { Course = SpendCourse.Of(spend, period, now) ?? record.Course, SpentByAzure = BudgetJudgement.SpentByAzure(budget, now) };
                return Took(seen, look, BudgetLadder.Climb(look), reach);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static BudgetRecord Took(BudgetRecord record, LadderLook look, LadderOutcome outcome, BudgetReach? reach)
    {
        var judged = look.Judgement as BudgetJudgement.Judged;
        var next = record with
        {
            Ladder = outcome.Next,
            LookedAt = look.Now,
            NotJudged = look.Judgement is BudgetJudgement.NotJudged not ? not.Why : "",
            Figures = judged is null ? record.Figures : BudgetFigures.Of(judged, look.Policy.Currency, look.Now),
            Reach = judged is null ? record.Reach : reach?.Steps ?? [],
            ReachDoubt = judged is null ? record.ReachDoubt : reach?.Doubt ?? "",
        };
        (next, var blindness) = BudgetBlindness.See(next, look);
        var news = BudgetBook.News(next, look, outcome, by: null);
        if (blindness is not null)
        {
            news.Add(blindness);
        }

        var isOut = judged is not null && reach is { Doubt: "" } && look.Policy.Ladder.Any(step => step.Acts) && judged.Overspend > reach.Saves;
        if (isOut && !outcome.Next.IsOutOfReach)
        {
            next = next with { Ladder = next.Ladder with { IsOutOfReach = true } };
            news.Add(new BudgetNews(
                look.Now, BudgetText.OutOfReach(look.Policy.Name, look.Policy.Currency, judged!.Overspend, reach!.Saves), BudgetBook.Facts(next, look.Policy, null, null)));
        }

        return next with { Untold = [.. record.Untold, .. news] };
    }

    /// <summary>The period of the budget of Azure, which may begin on any day; as it was last known while it cannot be read.</summary>
    private static SpendPeriod Period(BudgetAlertsPolicy policy, BudgetReading? budget, KeptLadder kept, DateTimeOffset now) =>
        budget is BudgetReading.Known known && !known.Period.IsOver(now) ? known.Period
        : budget is not null && kept.Period is { } last && !last.IsOver(now) ? last
        : BudgetPeriods.Of(policy.Period, now);

    private async Task<BudgetReach> ReachAsync(BudgetAlertsPolicy policy, PolicySet policies, SpendPeriod period, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var seen = await sources.Inventory.ListAsync(cancellationToken).ConfigureAwait(false);
        var members = seen.Targets.Where(policy.Covers).Where(target => policy.Ladder.Any(step => step.Selects(target)))
            .Select(target => (Target: target, Policies: policies.For(target) as TargetPolicies.Resolved))
            .Where(each => each.Policies is not null).ToList();
        var prices = await sources.Prices.ReadAsync(
            [.. members.Select(each => PriceQuery.Of(each.Target)).Distinct()], policy.Currency, cancellationToken).ConfigureAwait(false);
        var lowered = await LoweredAsync(policy, cancellationToken).ConfigureAwait(false);
        List<ReachMember> reached = [];
        foreach (var (target, resolved) in members)
        {
            var perHour = PerHour(target, resolved!, policy.Currency, prices);
            reached.Add(new ReachMember(target, resolved!.Horizontal.Minimum, resolved.Horizontal.Maximum, perHour)
            {
                IsCritical = resolved.Workload.IsCritical,
                Cheaper = perHour is { } price ? await CheaperAsync(policy, target, resolved, price, lowered.Contains(target.Id), cancellationToken).ConfigureAwait(false) : new Dictionary<string, decimal>(),
            });
        }

        var reach = BudgetReach.Of(policy, reached, now, period.EndsAt());
        var unpriced = reached.Count(member => member.PerHour is null || (!member.IsCritical && policy.Ladder.Any(step => step.Kind == BudgetStepKind.CheaperSize && step.Selects(member.Target) && !member.Cheaper.ContainsKey(step.Name))));
        return reach with { Doubt = Doubt(seen, unpriced) };
    }

    /// <summary>What has a cheaper size by a budget already: it gets no other one.</summary>
    private async Task<HashSet<TargetId>> LoweredAsync(BudgetAlertsPolicy policy, CancellationToken cancellationToken) =>
        rows is null || policy.Ladder.All(step => step.Kind != BudgetStepKind.CheaperSize)
            ? []
            : [.. (await rows.ReadAllAsync(cancellationToken).ConfigureAwait(false)).Where(row => row.BudgetSize is not null).Select(row => row.Target)];

    /// <summary>What an instance would cost on the size of each step that gives it one; none where a price is not known.</summary>
    private async Task<IReadOnlyDictionary<string, decimal>> CheaperAsync(
        BudgetAlertsPolicy policy, ObservedTarget target, TargetPolicies.Resolved resolved, decimal perHour, bool isLowered, CancellationToken cancellationToken)
    {
        Dictionary<string, decimal> cheaper = [];
        foreach (var step in policy.Ladder.Where(step => step.Kind == BudgetStepKind.CheaperSize && step.Selects(target)))
        {
            var (candidates, isKnown) = isLowered || resolved.Vertical is not { } vertical ? ([], true)
                : await OffersAsync(target, vertical, cancellationToken).ConfigureAwait(false) is { } offers ? (CheaperSizes.Candidates(step.Size, target.Sku, vertical.On(offers)), true)
                : ([], false);
            if (!isKnown)
            {
                continue;
            }

            if (candidates.Count == 0)
            {
                // Without a ladder, or on its lowest rung, it is refused: that is known.
                cheaper[step.Name] = perHour;
                continue;
            }

            var prices = await BudgetSizes.PricesAsync(sources.Prices, target, candidates, policy.Currency, resolved.Guardrails, cancellationToken).ConfigureAwait(false);
            var (size, _, then, _) = CheaperSizes.Cheapest(candidates, target.Sku, prices);
            if (size.Length > 0 || candidates.All(each => prices.GetValueOrDefault(each) is PriceReading.Known))
            {
                cheaper[step.Name] = size.Length > 0 ? then : perHour;
            }
        }

        return cheaper;
    }

    /// <summary>The sizes there are where a resource is; absent when a ladder made of a family needs them and they could not be read.</summary>
    private async Task<IReadOnlyDictionary<string, SizeOffer>?> OffersAsync(ObservedTarget target, VerticalScalingPolicy vertical, CancellationToken cancellationToken) =>
        vertical.Family is null || string.Equals(target.Id.ResourceType, WorkloadBinding.PlanType, StringComparison.OrdinalIgnoreCase) ? PlanSizes.All
        : limits is not null && await limits.ReadSizesAsync(target.Id.Subscription, target.Region, cancellationToken).ConfigureAwait(false) is FactReading<IReadOnlyDictionary<string, SizeOffer>>.Known known ? known.Value
        : null;

    /// <summary>Why a step could reach more than was counted; empty when all was.</summary>
    private static string Doubt(InventoryReading seen, int unpriced)
    {
        var unread = seen.Targets.Count(target => target.Tags is TargetTags.Unknown);
        return seen is InventoryReading.Partial partial ? $"the inventory is incomplete: {partial.Reason}"
            : unread > 0 ? $"the tags of {Resources(unread)} could not be read"
            : unpriced > 0 ? $"{Resources(unpriced)} {(unpriced == 1 ? "has" : "have")} no price"
            : "";
    }

    private static string Resources(int count) => count == 1 ? "1 resource" : $"{count} resources";

    /// <summary>What the owner declared, else what Azure's list says; in the currency of the budget or not at all.</summary>
    private static decimal? PerHour(
        ObservedTarget target, TargetPolicies.Resolved policies, string currency, IReadOnlyDictionary<PriceQuery, PriceReading> prices) =>
        policies.Guardrails.Where(guardrails => guardrails.Prices?.Currency == currency).Select(guardrails => guardrails.Prices!.Of(target.Sku)).FirstOrDefault(price => price is not null)
            ?? (prices.GetValueOrDefault(PriceQuery.Of(target)) is PriceReading.Known { Price.PerHour: var price } && price.Currency == currency ? price.Amount : null);
}
