using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Marks what stands about when it is first seen, and tells it once it has stood for as long as the policy says. It deletes nothing,
/// and stops nothing: what a policy wants stopped, scaling finds by the marks (<see cref="LeftoverActs"/>).
/// </summary>
public sealed class LeftoverCycle(LeftoverSurvey survey, LeftoverMarks marks, TimeProvider time)
{
    /// <summary>It runs every hour; what stands about does so for days.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromHours(23);

    private DateTimeOffset? _lookedAt;

    /// <returns>What is told for the first time, and what could not be read.</returns>
    public async Task<(IReadOnlyList<LeftoverRecord> Told, IReadOnlyList<string> Problems)> RunAsync(PolicySet policies, CancellationToken cancellationToken)
    {
        if (policies.UsageFindings.Count == 0)
        {
            return ([], []);
        }

        var kept = await marks.ListAsync(cancellationToken).ConfigureAwait(false);
        var latest = kept.Max(record => (DateTimeOffset?)record.LastSeen);
        var lookedAt = latest is { } last && !(last < _lookedAt) ? latest : _lookedAt;
        if (time.GetUtcNow() - lookedAt < Every)
        {
            return ([], []);
        }

        var look = await survey.LookAsync(policies.UsageFindings, (_, _, work) => work(() => { }), cancellationToken).ConfigureAwait(false);
        _lookedAt = look.At;
        var before = kept.ToDictionary(record => record.Id, StringComparer.OrdinalIgnoreCase);
        var told = new List<LeftoverRecord>();
        foreach (var found in look.Found)
        {
            var earlier = before.GetValueOrDefault(found.Leftover.Id.Value);
            var record = LeftoverRecord.Of(found, earlier, look.At, LeftoverActs.WhyNot(policies, found));
            await marks.WriteAsync(record, cancellationToken).ConfigureAwait(false);
            if (record.ToldAt == look.At)
            {
                told.Add(record);
            }
        }

        // What could not be read may stand there all the same.
        if (look.Problems.Count == 0)
        {
            var still = look.Found.Select(found => found.Leftover.Id.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var gone in kept.Where(record => !still.Contains(record.Id)))
            {
                await marks.RemoveAsync(gone, cancellationToken).ConfigureAwait(false);
            }
        }

        return (told, look.Problems);
    }
}
