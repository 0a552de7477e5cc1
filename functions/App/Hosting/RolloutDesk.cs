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
    /// <returns>What was done, for people.</returns>
    /// <exception cref="UserErrorException">Nothing is rolled out.</exception>
    public async Task<string> PromoteAsync(bool isToAll, string by, string reason, CancellationToken cancellationToken)
    {
        var version = "";
        var after = await rows.ChangeFleetAsync(
            row =>
            {
                version = (row.Rollout ?? throw new UserErrorException(Nothing)).Next[..12];
                return row.PromoteRollout(isToAll, by, reason, time.GetUtcNow());
            },
            cancellationToken);
        return after.Rollout is { } open
            ? $"policy set {version} counts for the ring '{open.Current.Name}' from the next look on, and must do well there for {Core.Policies.DurationText.Of(open.Current.Soak)}"
            : $"policy set {version} counts for all from the next look on";
    }
}
