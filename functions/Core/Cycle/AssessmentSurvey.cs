using System.Collections.Concurrent;
using ScaleFunctions.Core.ActivityLogs;
using ScaleFunctions.Core.Assessments;
using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Reads what an assessment is made of. It only reads, and what it cannot read is a gap, never the end of it.</summary>
/// <param name="inventory">What there is.</param>
/// <param name="metrics">How busy it was.</param>
/// <param name="autoscale">What Azure itself scales.</param>
/// <param name="prices">What it costs; nothing is priced when absent.</param>
/// <param name="activity">Who changed what; nobody is asked when absent.</param>
/// <param name="kinds">The capacities that declared kinds may have; none are declared when absent.</param>
/// <param name="time">The present.</param>
public sealed class AssessmentSurvey(
    ITargetInventory inventory, IMetricSource metrics, IAutoscaleSettings autoscale, IPriceSource? prices, IActivityLog? activity, ResourceKinds? kinds,
    TimeProvider time)
{
    /// <summary>Of whom the activity log is asked who set them back: a read each.</summary>
    private const int MostSuspects = 50;

    private const int AskedAtOnce = 4;

    private const int ReasonsTold = 5;

    /// <param name="terms">How far back, and what counts as too much.</param>
    /// <param name="progress">Does work of some pieces, and shows how many are done.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<AssessmentFacts> ReadAsync(AssessmentTerms terms, Func<string, int, Func<Action, Task>, Task> progress, CancellationToken cancellationToken)
    {
        InventoryReading? read = null;
        await progress("listing resources", 1, async isDone =>
        {
            read = await inventory.ListAsync(cancellationToken).ConfigureAwait(false);
            isDone();
        }).ConfigureAwait(false);
        var seen = read!;
        var subscriptions = seen.Targets.Concat(seen.LeftAlone).Select(target => target.Id.Subscription).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var ours = seen.Targets.Where(EstateAssessment.IsOurs).ToList();
        var uses = new ConcurrentDictionary<TargetId, CapacityUse>();
        var readings = new CapacityReadings(metrics, kinds, time);
        var batches = CapacityReadings.Batches(ours);
        var settings = new List<AssessedSetting>();
        var gaps = new List<string>();
        var unread = new List<(string Subscription, string Problem)>();
        await progress("reading metrics", batches.Count + subscriptions.Count, async isDone =>
        {
            await readings.ReadAsync(batches, uses, terms, isDone, cancellationToken).ConfigureAwait(false);
            foreach (var subscription in subscriptions)
            {
                await ReadSettingsAsync(subscription, seen, settings, unread, cancellationToken).ConfigureAwait(false);
                isDone();
            }
        }).ConfigureAwait(false);
        gaps.AddRange(unread.GroupBy(each => each.Problem).Select(problem => problem.Count() == 1
            ? $"the autoscale settings of {problem.First().Subscription}: {problem.Key}"
            : $"the autoscale settings of {problem.Count()} subscriptions, {problem.First().Subscription} for one: {problem.Key}"));
        var authors = await AuthorsAsync(ours, uses, terms, gaps, cancellationToken).ConfigureAwait(false);
        var priced = await PricesAsync(ours, terms.Currency, gaps, cancellationToken).ConfigureAwait(false);
        return new AssessmentFacts
        {
            At = time.GetUtcNow(),
            Terms = terms,
            Inventory = seen,
            Targets = [.. ours.Select(target => new AssessedTarget(target, uses.GetValueOrDefault(target.Id, NoMetric(target)), priced(target)) { Authors = authors.GetValueOrDefault(target.Id) })],
            Settings = settings,
            Gaps = [.. Unread(uses.Values), .. gaps],
        };
    }

    private static CapacityUse.Unjudged NoMetric(ObservedTarget target) => new($"no metric is known that tells how much {target.Id.ResourceType} use of their capacity");

    private async Task ReadSettingsAsync(
        string subscription, InventoryReading seen, List<AssessedSetting> settings, List<(string Subscription, string Problem)> unread, CancellationToken cancellationToken)
    {
        var listing = await autoscale.ListAsync(subscription, cancellationToken).ConfigureAwait(false);
        if (listing.Problem is { } problem)
        {
            unread.Add((subscription, problem));
        }

        var known = seen.Targets.Concat(seen.LeftAlone).Select(target => target.Id).ToHashSet();
        settings.AddRange(listing.Settings.Select(json => AssessedSettings.Of(json, subscription, seen is InventoryReading.Complete ? known : null)));
    }

    /// <summary>Asks who wrote the resources that something seems to set back.</summary>
    private async Task<IReadOnlyDictionary<TargetId, JumpAuthors>> AuthorsAsync(
        IReadOnlyList<ObservedTarget> targets, ConcurrentDictionary<TargetId, CapacityUse> uses, AssessmentTerms terms, List<string> gaps, CancellationToken cancellationToken)
    {
        var authors = new ConcurrentDictionary<TargetId, JumpAuthors>();
        var suspects = targets.Where(target => target.Native is null)
            .Select(target => (target.Id, (uses.GetValueOrDefault(target.Id) as CapacityUse.Judged)?.Jump)).Where(each => each.Jump is not null).ToList();
        if (activity is null)
        {
            return authors;
        }

        var now = time.GetUtcNow();
        await Parallel.ForEachAsync(
            suspects.Take(MostSuspects), new ParallelOptions { MaxDegreeOfParallelism = AskedAtOnce, CancellationToken = cancellationToken },
            async (suspect, cancellation) => authors[suspect.Id] = JumpAuthors.Of(
                suspect.Jump!, await activity.ReadAsync(suspect.Id, now - terms.Span - terms.Grain, now, cancellation).ConfigureAwait(false), terms.Grain)).ConfigureAwait(false);
        gaps.AddRange(authors.Values.Where(each => each.Problem.Length > 0).GroupBy(each => each.Problem)
            .Select(problem => $"who set {problem.Count()} resources back: the activity log: {problem.Key}"));
        return authors;
    }

    private async Task<Func<ObservedTarget, PriceReading>> PricesAsync(List<ObservedTarget> targets, string currency, List<string> gaps, CancellationToken cancellationToken)
    {
        if (prices is null || targets.Count == 0)
        {
            return _ => new PriceReading.Missing("prices are not read here");
        }

        var read = await prices.ReadAsync([.. targets.Select(PriceQuery.Of).Distinct()], currency, cancellationToken).ConfigureAwait(false);
        gaps.AddRange(read.Values.OfType<PriceReading.Missing>().Where(missing => missing.IsGap).GroupBy(missing => missing.Why)
            .Select(reason => $"prices of {reason.Count()} sizes: {reason.Key}"));
        return target => read.GetValueOrDefault(PriceQuery.Of(target)) ?? new PriceReading.Missing("nothing was answered for it");
    }

    private static IEnumerable<string> Unread(IEnumerable<CapacityUse> uses)
    {
        var reasons = uses.OfType<CapacityUse.Unjudged>().Where(use => use.IsGap).GroupBy(use => use.Why).OrderByDescending(group => group.Count()).ToList();
        return reasons.Take(ReasonsTold).Select(reason => $"{reason.Count()} resources: {reason.Key}")
            .Concat(reasons.Count > ReasonsTold ? [$"and {reasons.Count - ReasonsTold} more reasons why metrics could not be read"] : []);
    }
}
