using ScaleFunctions.App.Commands;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting;

/// <summary>Tells how far a changed set of policies is on its way, and takes a person's word on it.</summary>
internal sealed class RolloutDesk(RowStore rows, TimeProvider time)
{
    private const string Nothing = "no policy set is rolled out; what is in force counts for all";

    public async Task<RolloutStatus> StatusAsync(CancellationToken cancellationToken)
    {
        var fleet = await rows.ReadFleetAsync(cancellationToken);
        return new RolloutStatus(fleet.PolicyVersion, fleet.Rollout is { } open ? RolloutView.Of(open) : null);
    }

    /// <summary>Has all go by the set before again.</summary>
    /// <returns>What was done, for people.</returns>
    /// <exception cref="UserErrorException">Nothing is rolled out.</exception>
    public async Task<string> HaltAsync(string by, string reason, CancellationToken cancellationToken)
    {
        PolicyRollout? before = null;
        await rows.ChangeFleetAsync(
            row =>
            {
                before = row.Rollout ?? throw new UserErrorException(Nothing);
                return row.HaltRollout(by, reason, time.GetUtcNow());
            },
            cancellationToken);
        return before!.Halt is { } halt ? $"the rollout of policy set {before.Next[..12]} was halted already by {halt.By}: {halt.Why}"
            : $"the rollout of policy set {before.Next[..12]} is halted; {before.Before[..12]} counts for all from the next look on, until somebody promotes it or the files change";
    }

    /// <summary>Lets the next ring have the changed set, or all; a ring in which it was halted begins anew.</summary>
    /// <param name="isToAll">Whether all get it.</param>
    /// <param name="set">How the set begins that is meant, in hexadecimal digits; whichever is rolled out, where it is null.</param>
    /// <param name="ring">
    /// The last ring that has it, as the person saw it; whichever it is, where it is null. Of two who promote out of the same ring one is
    /// refused, and the ring between is not skipped.
    /// </param>
    /// <param name="by">Who.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was done, for people.</returns>
    /// <exception cref="UserErrorException">Nothing is rolled out.</exception>
    /// <exception cref="ChangedMeanwhileException">Another set is, or it has another ring.</exception>
    public async Task<string> PromoteAsync(bool isToAll, string? set, string? ring, string by, string reason, CancellationToken cancellationToken)
    {
        var version = "";
        var after = await rows.ChangeFleetAsync(
            row =>
            {
                var open = row.Rollout ?? throw new UserErrorException(Nothing);
                version = open.Next[..12];
                if (set is not null && (set.Length == 0 || !open.Next.StartsWith(set, StringComparison.OrdinalIgnoreCase)))
                {
                    throw new ChangedMeanwhileException($"policy set {version} is rolled out, not '{set}': nothing was promoted");
                }

                if (ring is not null && ring != open.Current.Name)
                {
                    throw new ChangedMeanwhileException($"the ring '{open.Current.Name}' has policy set {version} by now, not '{ring}': nothing was promoted");
                }

                return row.PromoteRollout(isToAll, by, reason, time.GetUtcNow());
            },
            cancellationToken);
        return after.Rollout is { } open
            ? $"policy set {version} counts for the ring '{open.Current.Name}' from the next look on, and must do well there for {Core.Policies.DurationText.Of(open.Current.Soak)}"
            : $"policy set {version} counts for all from the next look on";
    }
}
