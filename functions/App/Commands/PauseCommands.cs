using System.CommandLine;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Commands;

/// <summary>Leaves a target alone for a while, and takes it back.</summary>
internal static class PauseCommands
{
    public static Command CreatePause()
    {
        var target = new Argument<string>("target") { Description = "Name or resource id." };
        var span = SharedOptions.Span("--for", "How long, for example 2h. Default: until resumed.");
        var (by, reason, state) = (SharedOptions.By(), SharedOptions.Reason(), SharedOptions.State());
        var command = new Command("pause", "Decide on a target, but change nothing. Works beside a running serve.") { target, span, reason, by, state };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(target)!, parsed.GetValue(state), (row, now) =>
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
        var (by, reason, state) = (SharedOptions.By(), SharedOptions.Reason(), SharedOptions.State());
        var command = new Command("resume", "End a target's pause.") { target, reason, by, state };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(target)!, parsed.GetValue(state),
            (row, now) => row.SetPause(null, parsed.GetValue(by)!, parsed.GetValue(reason)!, now), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string name, string? state, Func<TargetRow, DateTimeOffset, TargetRow> change, CancellationToken cancellationToken)
    {
        await using var view = await LocalView.RequireAsync(state, cancellationToken);
        var row = await view.FindAsync(name, cancellationToken);
        var now = await view.NowAsync(cancellationToken);
        var rows = new RowStore(view.Store);
        var changed = await rows.ChangeTargetAsync(row.Target, current => change(current, now), cancellationToken);
        Terminal.Write(changed.Pause is { } pause
            ? $"{row.Target.Name} is paused {(pause.Until is { } until ? $"until {until:yyyy-MM-dd HH:mm} (time of the run)" : "until resumed")}"
            : $"{row.Target.Name} is not paused");
        return ExitCodes.Done;
    }
}
