using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Looks at the size of each target once a day, at an hour of its own, and keeps what it finds. It writes nothing to Azure.</summary>
public sealed class RightsizingCycle(ITargetInventory inventory, UsageHistories histories, SizeSources sources, RightsizingFindings kept, RowStore rows, TimeProvider time)
{
    private const int HoursOfDay = 24;

    /// <summary>Nothing is begun later than this: a minute after it the call is ended.</summary>
    private static readonly TimeSpan BeginsWithin = TimeSpan.FromMinutes(3);

    /// <summary>Looks at the targets whose hour it is, as far as there is time; who is left over comes early another day.</summary>
    public async Task<RightsizingReport> RunAsync(PolicySet policies, CancellationToken cancellationToken)
    {
        if (policies.Deciding.All(set => set.ResourceRightsizing.Count == 0))
        {
            return RightsizingReport.Nothing;
        }

        using var activity = CycleActivity.Source.StartActivity("rightsizing");
        var begun = time.GetUtcNow();
        var hour = begun.Ticks / TimeSpan.TicksPerHour;
        var seen = await inventory.ListAsync(cancellationToken).ConfigureAwait(false);
        var scope = RightsizingScope.Of(policies, seen.Targets.Where(target => TargetTurns.Of(target.Id, HoursOfDay) == hour % HoursOfDay), begun);
        var due = TargetTurns.Rotate([.. scope.Targets.OrderBy(each => each.Target.Id.Key, StringComparer.Ordinal)], hour / HoursOfDay);
        var survey = new RightsizingSurvey(histories, sources, time);
        var (findings, done) = (new List<RightsizingFinding>(scope.Conflicts), 0);
        foreach (var some in due.Chunk(RightsizingSurvey.BatchSize))
        {
            if (time.GetUtcNow() - begun >= BeginsWithin)
            {
                break;
            }

            findings.AddRange(await survey.JudgeAsync(await RememberedAsync(some, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false));
            done += some.Length;
        }

        foreach (var finding in findings)
        {
            await kept.WriteAsync(finding.Target.Id, RightsizingRecord.Of(finding), cancellationToken).ConfigureAwait(false);
        }

        return RightsizingReport.Of(findings, due.Count - done);
    }

    /// <summary>With what is known of their sizes, and without those of which a finding is being carried out: halfway there is nothing to judge.</summary>
    private async Task<IReadOnlyList<RightsizedTarget>> RememberedAsync(IReadOnlyList<RightsizedTarget> targets, CancellationToken cancellationToken)
    {
        var remembered = new List<RightsizedTarget>();
        foreach (var each in targets)
        {
            var target = each.Target;
            if (each.WhyNotActed is null
                && (await kept.ReadAsync(target.Id, cancellationToken).ConfigureAwait(false))?.ToKept() is { } finding
                && finding.ProgressAt(target.Sku, target.Capacity) == FindingProgress.UnderWay
                && time.GetUtcNow() - finding.At < FindingDecisions.EndsWithin)
            {
                continue;
            }

            var seen = (await rows.ReadAsync(target.Id, cancellationToken).ConfigureAwait(false)).Sizes.Seen;
            remembered.Add(seen is not null && string.Equals(seen.Size, target.Sku, StringComparison.OrdinalIgnoreCase) ? each with { SizeSince = seen.Since } : each);
        }

        return remembered;
    }
}
