using System.CommandLine;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Local;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Commands.Plans;

/// <summary>Tells whether much of the inventory has vanished, and lets a person confirm that it is gone.</summary>
internal static class InventoryCommand
{
    public static Command Create()
    {
        var command = new Verb(
            "inventory", "Whether resources vanished from the inventory, and that they are gone. Works beside a running serve.",
            "sf inventory status");
        command.Subcommands.Add(Status());
        command.Subcommands.Add(Accept());
        return command;
    }

    private static Command Status()
    {
        var (state, format) = (SharedOptions.State(), SharedOptions.Format());
        var command = new Verb("status", "Tell what is missing.", "sf inventory status") { state, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var view = await LocalView.RequireAsync(parsed.GetValue(state), cancellationToken);
            Print((await view.Store.ReadFleetAsync(cancellationToken)).Shrink, parsed.GetValue(format));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Accept()
    {
        var (by, reason, state, format) = (SharedOptions.By(), SharedOptions.Reason(), SharedOptions.State(), SharedOptions.Format());
        var command = new Verb(
            "accept", "Confirm that what is missing is gone: from the next tick on the smaller inventory counts.",
            "sf inventory accept --reason \"the old shop is gone\"") { reason, by, state, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var view = await LocalView.RequireAsync(parsed.GetValue(state), cancellationToken);
            if ((await view.Store.ReadFleetAsync(cancellationToken)).Shrink is null)
            {
                throw new UserErrorException("nothing is missing from the inventory, so nothing is to be confirmed; 'inventory status' tells how it stands");
            }

            var now = await view.NowAsync(cancellationToken);
            var fleet = await new RowStore(view.Store).ChangeFleetAsync(
                row => row.Shrink is null ? row : row.ConfirmShrink(parsed.GetValue(by)!, parsed.GetValue(reason)!, now), cancellationToken);
            Print(fleet.Shrink, parsed.GetValue(format));
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Print(InventoryShrink? shrink, OutputFormat format)
    {
        var sheet = new Sheet("inventory", "where", "since", "counts from", "confirmed by");
        sheet.Add(
            shrink is null ? "holds what it held before" : $"{shrink.Loss.Missing} of {shrink.Loss.Known} resources are missing",
            shrink?.Loss.Where ?? "",
            shrink is null ? "" : $"{shrink.Since:yyyy-MM-dd HH:mm}",
            shrink is null ? "" : shrink.ConfirmedBy is null ? $"{shrink.AcceptedAt:yyyy-MM-dd HH:mm}" : "the next tick",
            shrink?.ConfirmedBy ?? "");
        var line = new InventoryLine(
            shrink is not null, shrink?.Loss.Known ?? 0, shrink?.Loss.Missing ?? 0, shrink?.Loss.Where ?? "", shrink?.Since, shrink?.AcceptedAt, shrink?.ConfirmedBy ?? "");
        sheet.Print(format, line, AppJson.Default.InventoryLine, "");
    }
}
