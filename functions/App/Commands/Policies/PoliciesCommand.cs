using System.CommandLine;
using System.Globalization;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Local;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies.Differences;

namespace ScaleFunctions.App.Commands.Policies;

/// <summary>The sets of policies that are in force, wait or were in force: lists, compares and chooses them.</summary>
internal static class PoliciesCommand
{
    public static Command Create()
    {
        var command = new Verb(
            "policies", "The sets of policies that came into force: list, compare, choose one. Works beside a running serve.",
            "sf policies list");
        command.Subcommands.Add(List());
        command.Subcommands.Add(Diff());
        command.Subcommands.Add(Activate());
        return command;
    }

    private static Command List()
    {
        var (state, format) = (SharedOptions.State(), SharedOptions.Format());
        var command = new Verb("list", "Tell which set is in force, which waits and which are kept.", "sf policies list") { state, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var view = await LocalView.RequireAsync(parsed.GetValue(state), cancellationToken);
            var list = await (await DeskAsync(view, cancellationToken)).ListAsync(cancellationToken);
            Tell(list);
            Sheet(list.Sets).Print(parsed.GetValue(format), list, AppJson.Default.PolicySetList, "no policies have come into force yet");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Diff()
    {
        var one = new Argument<string>("from")
        {
            Description = $"A hash or the beginning of one, {PolicyDesk.InForce}, {PolicyDesk.Waiting}, {PolicyDesk.Next}, {PolicyDesk.Latest}, or a directory. Alone: what would change if it came into force.",
        };
        var other = new Argument<string?>("to") { Description = "Likewise.", Arity = ArgumentArity.ZeroOrOne };
        var (state, format) = (SharedOptions.State(), SharedOptions.Format());
        var command = new Verb(
            "diff", "Tell what changes between two sets, policy by policy and field by field.",
            "sf policies diff latest",
            "sf policies diff in-force policies") { one, other, state, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var view = await LocalView.RequireAsync(parsed.GetValue(state), cancellationToken);
            var (first, second) = (parsed.GetValue(one)!, parsed.GetValue(other));
            var difference = await (await DeskAsync(view, cancellationToken)).CompareAsync(
                second is null ? null : first, second ?? first,
                name => Directory.Exists(name) ? PolicyDirectory.ReadFiles(name) : null, cancellationToken);
            Terminal.Note($"from {Short(difference.From)} to {Short(difference.To)}");
            Sheet(difference.Differences).Print(
                parsed.GetValue(format), difference, AppJson.Default.PolicySetsDifference, "the same policies; at most comments, the order or the files differ");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Activate()
    {
        var name = new Argument<string>("set") { Description = $"The hash of a kept set or the beginning of it; {PolicyDesk.Latest} for what the files say." };
        var (by, reason, state) = (SharedOptions.By(), SharedOptions.Reason(), SharedOptions.State());
        var command = new Verb(
            "activate", "Put a kept set in the place of what the files say, until these change.",
            "sf policies activate 3f2a91c04b7d --reason \"back to Friday's\"",
            "sf policies activate latest") { name, reason, by, state };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetResult(reason) is null or { Implicit: true })
            {
                throw new UserErrorException("say why with '--reason'; it stands in the journal");
            }

            await using var view = await LocalView.RequireAsync(parsed.GetValue(state), cancellationToken);
            Terminal.Write(await (await DeskAsync(view, cancellationToken)).ActivateAsync(
                parsed.GetValue(name)!, parsed.GetValue(by)!, parsed.GetValue(reason)!, cancellationToken));
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<PolicyDesk> DeskAsync(LocalView view, CancellationToken cancellationToken) =>
        new(new RowStore(view.Store), new LastGoodPolicies(view.Store), await view.ClockAsync(cancellationToken));

    /// <summary>Why the files are not what is in force.</summary>
    private static void Tell(PolicySetList list)
    {
        if (list.Trouble is { } trouble)
        {
            Terminal.Note($"the policy files cannot be used: {trouble.Why}");
        }

        if (list.Narrowing is { } narrowing)
        {
            Terminal.Note(narrowing.Text);
        }

        if (list.Choice is { } choice)
        {
            Terminal.Note($"{choice.By} chose {Short(choice.Version)} at {choice.At:yyyy-MM-dd HH:mm} until the files change: {choice.Reason}");
        }
    }

    private static Sheet Sheet(IReadOnlyList<PolicySetView> sets)
    {
        var sheet = new Sheet("set", "status", "in force since", "from", "by", "policies", "errors", "resources");
        foreach (var set in sets)
        {
            sheet.Add(
                Short(set.Version), Status(set), set.InForceAt is { } at ? $"{at:yyyy-MM-dd HH:mm}" : "", set.Place, set.By,
                Number(set.Policies), Number(set.Errors), Number(set.Resources));
        }

        return sheet;
    }

    internal static Sheet Sheet(IReadOnlyList<PolicyDifference> differences)
    {
        var sheet = new Sheet("policy", "field", "before", "after");
        foreach (var difference in differences)
        {
            sheet.Add(difference.Policy, difference.Field, difference.Before ?? "–", difference.After ?? "–");
        }

        return sheet;
    }

    private static string Status(PolicySetView set) => string.Concat(
        set.Status switch
        {
            PolicySetStatus.InForce => "in force",
            PolicySetStatus.Waiting => "waiting",
            PolicySetStatus.RollingOut => "rolling out",
            PolicySetStatus.Halted => "halted",
            _ => "kept",
        },
        set.IsChosen ? ", chosen" : "",
        set.IsLatest && set.Status != PolicySetStatus.InForce ? ", what the files say" : "");

    private static string Number(int? count) => count?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Short(string version) => version.Length == 64 ? version[..12] : version;
}
