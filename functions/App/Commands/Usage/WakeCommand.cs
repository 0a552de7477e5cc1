using System.CommandLine;
using ScaleFunctions.App.Commands.Operations;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Local;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Commands.Usage;

/// <summary>Brings a target back from off-hours now.</summary>
internal static class WakeCommand
{
    public static Command Create()
    {
        var target = new Argument<string>("target") { Description = "Name or resource id." };
        var span = SharedOptions.Span("--for", "How long it stays on, for example 2h. Default: until its hours begin, which then keep it on.", TimeSpan.FromMinutes(1));
        var (by, reason, state, format) = (SharedOptions.By(), SharedOptions.Reason(), SharedOptions.State(), SharedOptions.Format());
        var command = new Verb(
            "wake", "Bring a target back from off-hours now, as it was. Works beside a running serve.",
            "sf usage wake web --for 2h --reason \"release tonight\"") { target, span, reason, by, state, format };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(target)!, parsed.GetValue(span), parsed.GetValue(by)!, parsed.GetValue(reason)!, parsed.GetValue(state), parsed.GetValue(format), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string name, TimeSpan? span, string by, string reason, string? state, OutputFormat format, CancellationToken cancellationToken)
    {
        SnoozeCommand.RequireShort(span);
        await using var view = await LocalView.RequireAsync(state, cancellationToken);
        var row = await view.FindAsync(name, cancellationToken);
        var now = await view.NowAsync(cancellationToken);
        switch (await new Wakes(new RowStore(view.Store)).WakeAsync(row.Target, span, by, reason, now, cancellationToken))
        {
            case WakeAnswer.Woken { Snooze: var given, Note: var note }:
                var sheet = new Sheet("target", "is", "by", "on until", "note");
                sheet.Add(row.Target.Name, "brought back from off-hours", given.By, $"{given.Until:yyyy-MM-dd HH:mm}", note);
                sheet.Print(format, new WakeLine(row.Target.Name, given.By, given.Reason, given.Until, note), AppJson.Default.WakeLine, "");
                return ExitCodes.Done;
            case WakeAnswer.Refused { Why: var why }:
                throw new UserErrorException(why);
            default:
                throw new InvalidOperationException("nothing came of it");
        }
    }
}
