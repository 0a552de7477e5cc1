using System.CommandLine;
using System.Globalization;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Local;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Commands.Policies;

/// <summary>A changed set of policies on its way from ring to ring: tells, promotes and halts it.</summary>
internal static class RolloutCommand
{
    public static Command Create()
    {
        var command = new Verb(
            "rollout", "A changed policy set on its way from ring to ring: how it does, promote it, halt it. Works beside a running serve.", "sf rollout status");
        command.Subcommands.Add(Status());
        command.Subcommands.Add(Promote());
        command.Subcommands.Add(Halt());
        return command;
    }

    private static Command Status()
    {
        var (state, format) = (SharedOptions.State(), SharedOptions.Format());
        var command = new Verb("status", "Tell which ring has the changed set, and which of its criteria are met.", "sf rollout status --format json") { state, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var view = await LocalView.RequireAsync(parsed.GetValue(state), cancellationToken);
            var status = await (await DeskAsync(view, cancellationToken)).StatusAsync(cancellationToken);
            if (status.Rollout is { } rollout)
            {
                Tell(rollout);
            }

            Sheet(status.Rollout).Print(parsed.GetValue(format), status, AppJson.Default.RolloutStatus, "no policy set is rolled out; what is in force counts for all");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Promote()
    {
        var all = new Option<bool>("--all") { Description = "Let it count for all at once, not for the next ring." };
        var set = new Option<string>("--set") { HelpName = "SET", Description = "The set that is meant, or how it begins; refused when another one is rolled out by now." };
        var ring = new Option<string>("--ring") { HelpName = "RING", Description = "The ring that 'rollout status' tells; refused when another one has it by now, so two people do not skip one." };
        return Change("promote", "Let the next ring have the changed set before its criteria are met; where it was halted, the same ring again.", [set, ring, all], (desk, parsed, by, reason, token) =>
            desk.PromoteAsync(parsed.GetValue(all), parsed.GetValue(set), parsed.GetValue(ring), by, reason, token));
    }

    private static Command Halt() =>
        Change("halt", "Have all go by the set before again, until somebody promotes or the files change.", [], (desk, _, by, reason, token) => desk.HaltAsync(by, reason, token));

    private static Command Change(string name, string description, IReadOnlyList<Option> options, Func<RolloutDesk, ParseResult, string, string, CancellationToken, Task<string>> change)
    {
        var (by, reason, state) = (SharedOptions.By(), SharedOptions.Reason(), SharedOptions.State());
        var command = new Verb(name, description, $"sf rollout {name} --reason \"as agreed\"") { reason, by, state };
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetResult(reason) is null or { Implicit: true })
            {
                throw new UserErrorException("say why with '--reason'; it stands in the journal");
            }

            await using var view = await LocalView.RequireAsync(parsed.GetValue(state), cancellationToken);
            Terminal.Write(await change(await DeskAsync(view, cancellationToken), parsed, parsed.GetValue(by)!, parsed.GetValue(reason)!, cancellationToken));
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<RolloutDesk> DeskAsync(LocalView view, CancellationToken cancellationToken) =>
        new(new RowStore(view.Store), await view.ClockAsync(cancellationToken));

    private static void Tell(RolloutView rollout)
    {
        Terminal.Note($"policy set {rollout.Next[..12]} since {rollout.BegunAt:yyyy-MM-dd HH:mm}; {rollout.Before[..12]} counts for all others");
        Terminal.Note($"rings: {string.Join(", ", rollout.Rings.Select(ring => $"{ring.Name} ({ring.Who})"))}, all; '{rollout.Ring}' has it since {rollout.Since:yyyy-MM-dd HH:mm}");
        if (rollout.Count is { } count)
        {
            Terminal.Note($"{count.Members} resources, {count.Actions} actions{(count.Which.Length > 0 ? $", in trouble: {count.Which}" : "")}, looked at {count.At:yyyy-MM-dd HH:mm}");
        }

        if (rollout.Halt is { } halt)
        {
            Terminal.Note($"HALTED by {halt.By} at {halt.At:yyyy-MM-dd HH:mm}, nobody has it: {halt.Why}");
        }
    }

    private static Sheet Sheet(RolloutView? rollout)
    {
        var sheet = new Sheet("set", "ring", "resources", "criterion", "found", "asked for", "met");
        foreach (var criterion in rollout?.Criteria ?? [])
        {
            sheet.Add(
                rollout!.Next[..12], rollout.Ring, rollout.Count?.Members.ToString(CultureInfo.InvariantCulture) ?? "", criterion.Name, criterion.Found, criterion.Asked,
                criterion.IsMet ? "yes" : criterion.IsBreach ? "NO" : "not yet");
        }

        return sheet;
    }
}
