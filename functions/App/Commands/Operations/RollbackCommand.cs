using System.CommandLine;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Hosting.Api;
using ScaleFunctions.App.Local;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Commands.Operations;

/// <summary>Takes one action back; what it would do is shown first.</summary>
internal static class RollbackCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("action") { Description = "The action, as 'history' names it, for example web@12." };
        var yes = new Option<bool>("--yes") { Description = "Do it. Without it nothing is changed, and the exit code is 2 when something would be." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only show what it would do; the same as leaving --yes out." };
        var hold = SharedOptions.Span(
            "--hold", "How long scaling in the direction taken back rests, 1m to 24h. Default: 1h after a lowering, 15m after a raise.", TimeSpan.FromMinutes(1));
        var (by, reason, state, format) = (SharedOptions.By(), SharedOptions.Reason(), SharedOptions.State(), SharedOptions.Format());
        var command = new Verb(
            "rollback", "Take an action back: the instances there were before it, through the guards. Works beside a running serve.",
            "sf rollback web@12",
            "sf rollback web@12 --yes --hold 2h --reason \"slow answers\"")
        {
            id, yes, dryRun, hold, reason, by, state, format,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var action = ActionId.TryParse(parsed.GetValue(id)!)
                ?? throw new UserErrorException($"'{parsed.GetValue(id)}' is no action; 'history TARGET' names them, for example web@12");
            var span = parsed.GetValue(hold);
            if (span is { } asked && !RollbackCycle.IsHold(asked))
            {
                throw new UserErrorException("'--hold' is 1m to 24h; a pause or an override may last longer");
            }

            var request = new RollbackRequest(action.Epoch, parsed.GetValue(by)!, parsed.GetValue(reason)!)
            {
                Hold = span,
                IsDryRun = parsed.GetValue(dryRun) || !parsed.GetValue(yes),
            };
            return RunAsync(action, request, parsed.GetValue(state), parsed.GetValue(format), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(ActionId id, RollbackRequest request, string? state, OutputFormat format, CancellationToken cancellationToken)
    {
        await using var view = await LocalView.RequireAsync(state, cancellationToken);
        var row = await view.FindAsync(id.Target, cancellationToken);
        if (view is not { Azure: { } azure, Policies: { } directory })
        {
            throw new UserErrorException("that run has ended, and its simulated Azure with it; go on with it ('serve --state') and take the action back beside it");
        }

        var policies = await InForceAsync(view.Store, directory, cancellationToken);
        PolicyMessages.RequireSome(policies, directory);
        return await ReadOnlyEstate.UseAsync(
            policies, azure, view.Store, $"rollback-{Environment.ProcessId}",
            async (set, services) => Tell(
                row.Target.Name, request, await services.GetRequiredService<RollbackCycle>().RunAsync(set, row.Target, request, cancellationToken), format));
    }

    /// <summary>What the workers go by, which is not what the files say while these cannot be used or wait for a person.</summary>
    private static async Task<PolicySet> InForceAsync(SqliteStateStore store, string directory, CancellationToken cancellationToken)
    {
        var files = PolicyDirectory.ReadOrTell(directory);
        var fleet = await store.ReadFleetAsync(cancellationToken);
        if (files.Policies.Version != fleet.PolicyVersion
            && (await new LastGoodPolicies(store).ReadAsync(cancellationToken) is { } kept && kept.Policies.Version == fleet.PolicyVersion
                ? kept
                : await new KeptSets(store).ReadAsync(fleet.PolicyVersion, cancellationToken)) is { } inForce)
        {
            return await WithNextAsync(inForce.Policies);
        }

        return fleet is { Narrowing: null, PolicyTrouble: null, Choice: null } && files.Trouble is null ? await WithNextAsync(files.Policies) : throw new UserErrorException(
            $"the policies in {directory} are not what is in force, and that is not kept: {fleet.Narrowing?.Text ?? fleet.PolicyTrouble?.Why ?? files.Trouble ?? "a set was chosen"}. Mend them first");

        async Task<PolicySet> WithNextAsync(PolicySet inForce) =>
            fleet.Rollout is { Halt: null } open && open.Before == inForce.Version
            && (files.Policies.Version == open.Next ? files : await new KeptSets(store).ReadAsync(open.Next, cancellationToken)) is { } next
                ? RingedSets.Both(inForce, next.Policies, open.Ring)
                : inForce;
    }

    private static int Tell(string target, RollbackRequest request, RollbackResult result, OutputFormat format)
    {
        switch (result)
        {
            case RollbackResult.Shown shown:
                Print(RollbackView.Of(target, request.Epoch, shown.Preview), "would be taken back", format);
                Terminal.Note("nothing was changed; '--yes' does it");
                return ExitCodes.WouldChange;
            case RollbackResult.Sent sent:
                Print(RollbackView.Of(target, request.Epoch, sent.Preview, sent), sent.Trouble.Length == 0 ? "taken back" : "in doubt or refused", format);
                return sent.Trouble.Length == 0 ? ExitCodes.Done : throw new UserErrorException($"it left for Azure, but: {sent.Trouble}; 'history {target}' tells how it went on");
            case RollbackResult.NotFound none:
                throw new UserErrorException(none.Why);
            default:
                throw new UserErrorException($"not taken back: {string.Join("; ", ((RollbackResult.Refused)result).Reasons)}");
        }
    }

    private static void Print(RollbackView view, string outcome, OutputFormat format)
    {
        foreach (var warning in view.Warnings)
        {
            Terminal.Note($"note: {warning}");
        }

        var sheet = new Sheet("action", "instances", "outcome", "rests", "until", "why");
        sheet.Add(view.Undoes, $"{view.From} → {view.Goal}", outcome, view.Holds, $"{view.HeldUntil:yyyy-MM-dd HH:mm}", view.Text);
        sheet.Print(format, view, AppJson.Default.RollbackView, "");
    }
}
