using System.CommandLine;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Local;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Commands.Operations;

/// <summary>Stops every write, until somebody clears it. It is read before each write.</summary>
internal static class KillSwitchCommand
{
    public static Command Create()
    {
        var command = new Verb(
            "kill-switch", "Stop every write to Azure at once. Works beside a running serve.",
            "sf kill-switch on --reason \"incident 4711\"",
            "sf kill-switch status");
        command.Subcommands.Add(Change("on", "Set it.", isSet: true));
        command.Subcommands.Add(Change("off", "Clear it.", isSet: false));
        command.Subcommands.Add(Status());
        return command;
    }

    private static Command Change(string name, string description, bool isSet)
    {
        var (by, reason, state, format) = (SharedOptions.By(), SharedOptions.Reason(), SharedOptions.State(), SharedOptions.Format());
        var command = new Verb(name, description, $"sf kill-switch {name} --reason \"incident 4711\"") { reason, by, state, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var view = await LocalView.RequireAsync(parsed.GetValue(state), cancellationToken);
            var now = await view.NowAsync(cancellationToken);
            var fleet = await new RowStore(view.Store).ChangeFleetAsync(
                row => row.SetKillSwitch(isSet, parsed.GetValue(by)!, parsed.GetValue(reason)!, now), cancellationToken);
            Print(fleet.KillSwitch, parsed.GetValue(format));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Status()
    {
        var (state, format) = (SharedOptions.State(), SharedOptions.Format());
        var command = new Verb("status", "Tell how it stands.", "sf kill-switch status") { state, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var view = await LocalView.RequireAsync(parsed.GetValue(state), cancellationToken);
            var fleet = await view.Store.ReadFleetAsync(cancellationToken);
            Print(fleet.KillSwitch, parsed.GetValue(format));
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Print(KillSwitch killSwitch, OutputFormat format)
    {
        var sheet = new Sheet("kill switch", "by", "since", "why");
        sheet.Add(
            killSwitch.IsSet ? "SET: nothing is written" : "not set", killSwitch.By, killSwitch.At is { } at ? $"{at:yyyy-MM-dd HH:mm}" : "", killSwitch.Reason);
        sheet.Print(
            format, new KillSwitchLine(killSwitch.IsSet, killSwitch.By, killSwitch.Reason, killSwitch.At), AppJson.Default.KillSwitchLine, "");
    }
}
