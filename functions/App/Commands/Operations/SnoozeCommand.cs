using System.CommandLine;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Local;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Commands.Operations;

/// <summary>Keeps a target on in off-hours for a while; what is off already is started.</summary>
internal static class SnoozeCommand
{
    public static Command Create()
    {
        var target = new Argument<string>("target") { Description = "Name or resource id." };
        var span = SharedOptions.Span("--for", "How long, for example 2h; at most as long as its policy allows.", TimeSpan.FromMinutes(1));
        var end = new Option<bool>("--end") { Description = "End it: off-hours begin now." };
        var (by, reason, state, format) = (SharedOptions.By(), SharedOptions.Reason(), SharedOptions.State(), SharedOptions.Format());
        var command = new Verb(
            "snooze", "Keep a target on in off-hours for a while. Works beside a running serve.",
            "sf snooze web --for 2h --reason \"working late\"",
            "sf snooze web --end") { target, span, end, reason, by, state, format };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(target)!, parsed.GetValue(span), parsed.GetValue(end), parsed.GetValue(by)!, parsed.GetValue(reason)!, parsed.GetValue(state), parsed.GetValue(format), cancellationToken));
        return command;
    }

    /// <summary>Refuses what is longer than anybody may keep a target on by hand.</summary>
    public static void RequireShort(TimeSpan? span)
    {
        if (span > Snooze.Longest)
        {
            throw new UserErrorException($"--for is at most {Snooze.Longest.TotalDays:0} days; what is needed for longer belongs into the policy");
        }
    }

    private static async Task<int> RunAsync(
        string name, TimeSpan? span, bool isEnd, string by, string reason, string? state, OutputFormat format, CancellationToken cancellationToken)
    {
        if (isEnd == span is not null)
        {
            throw new UserErrorException("give --for, such as --for 2h, or --end");
        }

        RequireShort(span);
        await using var view = await LocalView.RequireAsync(state, cancellationToken);
        var row = await view.FindAsync(name, cancellationToken);
        var now = await view.NowAsync(cancellationToken);
        var snooze = span is { } length ? new Snooze(by, reason, now, now + length) : null;
        var changed = await new RowStore(view.Store).ChangeTargetAsync(row.Target, current => current.SetSnooze(snooze, by, reason, now), cancellationToken);
        Print(row.Target.Name, changed.Snooze is { } given && given.IsActive(now) ? given : null, format);
        return ExitCodes.Done;
    }

    private static void Print(string target, Snooze? snooze, OutputFormat format)
    {
        var sheet = new Sheet("target", "snooze", "by", "until", "why");
        if (snooze is null)
        {
            sheet.Add(target, "none: put off in off-hours", "", "", "");
        }
        else
        {
            sheet.Add(target, "kept on in off-hours", snooze.By, $"{snooze.Until:yyyy-MM-dd HH:mm}", snooze.Reason);
        }

        sheet.Print(format, new SnoozeLine(target, snooze is not null, snooze?.By ?? "", snooze?.Reason ?? "", snooze?.Until), AppJson.Default.SnoozeLine, "");
    }
}
