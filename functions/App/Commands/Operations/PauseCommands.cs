using System.CommandLine;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Local;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Commands.Operations;

/// <summary>Leaves a target alone for a while, and takes it back.</summary>
internal static class PauseCommands
{
    public static Command CreatePause()
    {
        var target = new Argument<string>("target") { Description = "Name or resource id." };
        var span = SharedOptions.Span("--for", "How long, for example 2h. Default: until resumed.");
        var (by, reason, state, format) = (SharedOptions.By(), SharedOptions.Reason(), SharedOptions.State(), SharedOptions.Format());
        var command = new Verb(
            "pause", "Decide on a target, but change nothing. Works beside a running serve.",
            "sf pause web --for 2h --reason \"load test\"")
        {
            target, span, reason, by, state, format,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(target)!, parsed.GetValue(state), parsed.GetValue(format), (row, now) =>
            {
                var until = now + parsed.GetValue(span);
                return row.SetPause(
                    new TargetPause(parsed.GetValue(by)!, parsed.GetValue(reason)!, now, until), parsed.GetValue(by)!, parsed.GetValue(reason)!, now);
            },
            cancellationToken));
        return command;
    }

    public static Command CreateResume()
    {
        var target = new Argument<string>("target") { Description = "Name or resource id." };
        var (by, reason, state, format) = (SharedOptions.By(), SharedOptions.Reason(), SharedOptions.State(), SharedOptions.Format());
        var command = new Verb(
            "resume", "End a target's pause, its quarantine after failed actions, and what a rollback holds.",
            "sf resume web --reason \"load test is over\"") { target, reason, by, state, format };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(target)!, parsed.GetValue(state), parsed.GetValue(format),
            (row, now) => row.SetPause(null, parsed.GetValue(by)!, parsed.GetValue(reason)!, now), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string name, string? state, OutputFormat format, Func<TargetRow, DateTimeOffset, TargetRow> change, CancellationToken cancellationToken)
    {
        await using var view = await LocalView.RequireAsync(state, cancellationToken);
        var row = await view.FindAsync(name, cancellationToken);
        var now = await view.NowAsync(cancellationToken);
        var rows = new RowStore(view.Store);
        var changed = await rows.ChangeTargetAsync(row.Target, current => change(current, now), cancellationToken);
        Print(row.Target.Name, changed.Pause, format);
        return ExitCodes.Done;
    }

    /// <summary>Times are those of the run, which is simulated.</summary>
    private static void Print(string target, TargetPause? pause, OutputFormat format)
    {
        var sheet = new Sheet("target", "pause", "by", "until", "why");
        if (pause is null)
        {
            sheet.Add(target, "not paused", "", "", "");
        }
        else
        {
            sheet.Add(target, "PAUSED: not written", pause.By, pause.Until is { } until ? $"{until:yyyy-MM-dd HH:mm}" : "resumed", pause.Reason);
        }

        sheet.Print(
            format, new PauseLine(target, pause is not null, pause?.By ?? "", pause?.Reason ?? "", pause?.Until), AppJson.Default.PauseLine, "");
    }
}
