using ScaleFunctions.Core.Advisories;
using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Reads what is known of resources and judges their sizes, a few at a time so that weeks of minutes of many never lie in memory together. It only reads.</summary>
/// <param name="histories">What they used.</param>
/// <param name="sources">What they have, could have, and what that costs.</param>
/// <param name="time">The present.</param>
public sealed class RightsizingSurvey(UsageHistories histories, SizeSources sources, TimeProvider time)
{
    /// <summary>A fortnight of minutes of so many takes some 20 MB.</summary>
    public const int BatchSize = 8;

    private FactReading<IReadOnlyList<Reservation>>? _reservations;

    /// <summary>A finding for each. What cannot be read is not judged, and told; nothing is thrown for it.</summary>
    public async Task<IReadOnlyList<RightsizingFinding>> JudgeAsync(IReadOnlyList<RightsizedTarget> targets, CancellationToken cancellationToken)
    {
        var findings = new List<RightsizingFinding>();
        foreach (var like in targets.GroupBy(each => (each.Target.Id.ResourceType.ToUpperInvariant(), each.Policy.LookBackDays)))
        {
            foreach (var batch in like.Chunk(BatchSize))
            {
                findings.AddRange(await JudgeBatchAsync(batch, cancellationToken).ConfigureAwait(false));
            }
        }

        return findings;
    }

    private async Task<List<RightsizingFinding>> JudgeBatchAsync(RightsizedTarget[] batch, CancellationToken cancellationToken)
    {
        if (UsageMetric.Of(UsageMetric.Processors, batch[0].Target.Id) is not { } processor || UsageMetric.Of(UsageMetric.Memory, batch[0].Target.Id) is not { } memory)
        {
            return [.. batch.Select(each => Not(each, NotJudgedReason.UnknownKind, $"no metrics of {each.Target.Id.ResourceType} are known"))];
        }

        var targets = batch.Select(each => each.Target).ToList();
        var span = TimeSpan.FromDays(batch[0].Policy.LookBackDays);
        var processors = await histories.ReadAsync(targets, processor.Selector, span, processor.Grain, cancellationToken).ConfigureAwait(false);
        var memories = await histories.ReadAsync(targets, memory.Selector, span, memory.Grain, cancellationToken).ConfigureAwait(false);
        var channels = await ChannelsAsync(targets, span, cancellationToken).ConfigureAwait(false);
        var findings = new List<RightsizingFinding>();
        foreach (var each in batch)
        {
            var facts = await FactsAsync(each, processors[each.Target.Id], memories[each.Target.Id], cancellationToken).ConfigureAwait(false) with
            {
                Channels = channels.ToDictionary(channel => channel.Channel, channel => (IReadOnlyList<MetricSeries>)[.. channel.Parts.Select(part => part[each.Target.Id])]),
            };
            findings.Add(RightsizingRule.Judge(facts) with { FollowsLoad = each.FollowsLoad, WhyNotActed = each.WhyNotActed });
        }

        return findings;
    }

    /// <summary>What disks and networks moved, an hour's busiest minute a value.</summary>
    private async Task<List<(UsageChannel Channel, List<IReadOnlyDictionary<TargetId, MetricSeries>> Parts)>> ChannelsAsync(
        List<ObservedTarget> targets, TimeSpan span, CancellationToken cancellationToken)
    {
        var read = new List<(UsageChannel, List<IReadOnlyDictionary<TargetId, MetricSeries>>)>();
        foreach (var channel in UsageChannel.Of(targets[0].Id))
        {
            var parts = new List<IReadOnlyDictionary<TargetId, MetricSeries>>();
            foreach (var metric in channel.Metrics)
            {
                parts.Add(await histories.ReadAsync(targets, metric, span, UsageEstimates.PeakInterval, cancellationToken).ConfigureAwait(false));
            }

            read.Add((channel, parts));
        }

        return read;
    }

    private async Task<RightsizingFacts> FactsAsync(RightsizedTarget each, MetricSeries processors, MetricSeries memory, CancellationToken cancellationToken)
    {
        var target = each.Target;
        var isMachines = target.Id.ResourceType.StartsWith("Microsoft.Compute/", StringComparison.OrdinalIgnoreCase);
        var source = sources.Sizes.FirstOrDefault(source => source.Serves(target.Id.ResourceType));
        var size = source is null
            ? new SizeReading.Unreadable($"what instances of {target.Id.ResourceType} have attached is not read")
            : await source.ReadSizeAsync(target.Id, cancellationToken).ConfigureAwait(false);
        var sizes = isMachines
            ? await sources.Limits.ReadSizesAsync(target.Id.Subscription, target.Region, cancellationToken).ConfigureAwait(false)
            : new FactReading<IReadOnlyDictionary<string, SizeOffer>>.Known(PlanSizes.All, time.GetUtcNow());
        return new RightsizingFacts
        {
            Target = target,
            Policy = each.Policy,
            Horizontal = each.Horizontal,
            FollowsLoad = each.FollowsLoad,
            SizeSince = each.SizeSince,
            Now = time.GetUtcNow(),
            Processors = processors,
            Memory = memory,
            Size = size,
            Sizes = sizes,
            Quotas = isMachines ? await sources.Limits.ReadQuotaAsync(target.Id.Subscription, target.Region, cancellationToken).ConfigureAwait(false) : null,
            Reservations = _reservations ??= await sources.Advisor.ReadReservationsAsync(cancellationToken).ConfigureAwait(false),
            Prices = await PricesAsync(each, size, sizes, cancellationToken).ConfigureAwait(false),
        };
    }

    private async Task<IReadOnlyDictionary<string, PriceReading>> PricesAsync(
        RightsizedTarget each, SizeReading size, FactReading<IReadOnlyDictionary<string, SizeOffer>> sizes, CancellationToken cancellationToken)
    {
        if (size is not SizeReading.Read { Needs: var needs } || sizes is not FactReading<IReadOnlyDictionary<string, SizeOffer>>.Known { Value: var offers }
            || offers.Values.FirstOrDefault(offer => offer.Name.Equals(each.Target.Sku, StringComparison.OrdinalIgnoreCase)) is not { } now)
        {
            return new Dictionary<string, PriceReading>();
        }

        var sized = RightsizingRule.Candidates(each.Policy, now, needs, offers.Values).Select(size => size.Name);
        return await SizePrices.ReadAsync(sources.Prices, each.Target, sized, each.Policy.Currency, each.Declared, cancellationToken).ConfigureAwait(false);
    }

    private RightsizingFinding Not(RightsizedTarget each, NotJudgedReason reason, string why) =>
        new(each.Target, new RightsizingVerdict.NotJudged(reason, why), time.GetUtcNow(), each.Policy) { FollowsLoad = each.FollowsLoad, WhyNotActed = each.WhyNotActed };
}
