using System.CommandLine;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Hosting.Api;
using ScaleFunctions.App.Local;
using ScaleFunctions.Core.Notifications;

namespace ScaleFunctions.App.Commands.Alerts;

/// <summary>Alerts that are on their way or could not be delivered, and what somebody wants to hear nothing about for a while.</summary>
internal static class AlertsCommand
{
    public static Command Create()
    {
        var command = new Verb(
            "alerts", "Alerts that wait or could not be delivered, and what is put off. Works beside a running serve.",
            "sf alerts list");
        command.Subcommands.Add(List());
        command.Subcommands.Add(Retry());
        command.Subcommands.Add(Snooze());
        return command;
    }

    private static Command List()
    {
        var (state, format) = (SharedOptions.State(), SharedOptions.Format());
        var command = new Verb("list", "Tell what waits, what was given up, and why.", "sf alerts list --format json") { state, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var view = await LocalView.RequireAsync(parsed.GetValue(state), cancellationToken);
            var time = await view.ClockAsync(cancellationToken);
            var alerts = (await new AlertOutbox(view.Store, [], time).ListAsync(cancellationToken)).Select(AlertView.Of).ToList();
            var list = new AlertList(alerts, await new AlertSnoozes(view.Store, time).ListAsync(cancellationToken));
            var sheet = new Sheet("id", "stands", "for", "channel", "tries", "what", "problem");
            foreach (var alert in list.Alerts)
            {
                sheet.Add(
                    alert.Id, alert.IsGivenUp ? "given up" : $"next {alert.NextAt:yyyy-MM-dd HH:mm}", alert.Owner.Length == 0 ? "platform" : alert.Owner, alert.Channel, $"{alert.Tries}",
                    alert.Title, alert.Problem);
            }

            foreach (var snooze in list.Snoozes)
            {
                sheet.Add("", $"put off until {snooze.Until:yyyy-MM-dd HH:mm}", snooze.By, "", "", snooze.About, snooze.Reason);
            }

            sheet.Print(parsed.GetValue(format), list, AppJson.Default.AlertList, "nothing waits, and nothing was given up");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Retry()
    {
        var id = new Argument<string?>("id") { Description = "The alert, as 'alerts list' names it. Left out: all that were given up.", Arity = ArgumentArity.ZeroOrOne };
        var state = SharedOptions.State();
        var command = new Verb("retry", "Send again what was given up, with the next run of AlertTick.", "sf alerts retry") { id, state };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var view = await LocalView.RequireAsync(parsed.GetValue(state), cancellationToken);
            var named = parsed.GetValue(id);
            var count = await new AlertOutbox(view.Store, [], await view.ClockAsync(cancellationToken)).RetryAsync(named, cancellationToken);
            if (count == 0 && named is not null)
            {
                throw new UserErrorException($"there is no alert '{named}' on its way; 'alerts list' names them");
            }

            Terminal.Write($"{count} {(count == 1 ? "alert is" : "alerts are")} sent again within a minute");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Snooze()
    {
        var about = new Argument<string>("about") { Description = "What alerts are about, as their snooze command names it: an id, or the name of a budget or scope." };
        var span = SharedOptions.Span("--for", $"How long, for example 24h; at most {AlertSnooze.Longest.TotalDays:0}d.", TimeSpan.FromMinutes(1));
        var end = new Option<bool>("--end") { Description = "End it: what still stands is told." };
        var (by, reason, state) = (SharedOptions.By(), SharedOptions.Reason(), SharedOptions.State());
        var command = new Verb(
            "snooze", "Hear nothing about something for a while, but what is critical.",
            "sf alerts snooze web --for 24h --reason \"known\"") { about, span, end, reason, by, state };
        command.Validators.Add(result =>
        {
            if (result.GetValue(end) == result.GetValue(span) is not null)
            {
                result.AddError("give --for, such as --for 24h, or --end");
            }
            else if (result.GetValue(span) > AlertSnooze.Longest)
            {
                result.AddError($"--for is at most {AlertSnooze.Longest.TotalDays:0} days");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var view = await LocalView.RequireAsync(parsed.GetValue(state), cancellationToken);
            var time = await view.ClockAsync(cancellationToken);
            var (snoozes, subject) = (new AlertSnoozes(view.Store, time), parsed.GetValue(about)!);
            if (parsed.GetValue(span) is not { } length)
            {
                await snoozes.EndAsync(subject, cancellationToken);
                Terminal.Write($"alerts about {subject} are told again");
                return ExitCodes.Done;
            }

            var snooze = new AlertSnooze(subject, parsed.GetValue(by)!, parsed.GetValue(reason)!, time.GetUtcNow() + length);
            await snoozes.SetAsync(snooze, cancellationToken);
            Terminal.Write($"nothing but what is critical is told about {subject} until {snooze.Until:yyyy-MM-dd HH:mm} UTC");
            return ExitCodes.Done;
        });
        return command;
    }
}
