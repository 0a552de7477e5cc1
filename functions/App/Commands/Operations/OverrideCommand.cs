using System.CommandLine;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Local;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Commands.Operations;

/// <summary>Gives a target other bounds for a while, and takes them back.</summary>
internal static class OverrideCommand
{
    public static Command Create()
    {
        var target = new Argument<string>("target") { Description = "Name or resource id." };
        var minimum = Count("--minimum", "Least instances meanwhile. It only raises what the policy wants.");
        var maximum = Count("--maximum", "Most instances meanwhile, up to what guardrails allow.");
        var span = SharedOptions.Span("--for", "How long, for example 2h. Needed: an override always ends by itself.");
        var end = new Option<bool>("--end") { Description = "End the override that is in force." };
        var (by, reason, state, format) = (SharedOptions.By(), SharedOptions.Reason(), SharedOptions.State(), SharedOptions.Format());
        var command = new Verb(
            "override", "Give a target other bounds for a while. Works beside a running serve.",
            "sf override web --minimum 12 --for 2h --reason launch",
            "sf override web --end")
        {
            target, minimum, maximum, span, end, reason, by, state, format,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var who = (By: parsed.GetValue(by)!, Reason: parsed.GetValue(reason)!);
            var asked = (Minimum: parsed.GetValue(minimum), Maximum: parsed.GetValue(maximum), Span: parsed.GetValue(span));
            Refuse(asked, parsed.GetValue(end));
            return RunAsync(
                parsed.GetValue(target)!, parsed.GetValue(state), parsed.GetValue(format),
                (row, now) => row.SetOverride(
                    asked.Span is { } lasts ? new BoundsOverride(who.By, who.Reason, now, now + lasts, asked.Minimum, asked.Maximum) : null,
                    who.By, who.Reason, now),
                cancellationToken);
        });
        return command;
    }

    private static Option<int?> Count(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => SharedOptions.ParseNumber<int>(
            result, $"a whole number from 1 to {HorizontalScalingPolicy.MostInstances}", number => number is >= 1 and <= HorizontalScalingPolicy.MostInstances),
    };

    private static void Refuse((int? Minimum, int? Maximum, TimeSpan? Span) asked, bool isEnd)
    {
        if (isEnd)
        {
            if (asked is not (null, null, null))
            {
                throw new UserErrorException("'--end' ends an override and takes no bounds and no span");
            }

            return;
        }

        if (asked.Span is not { } span)
        {
            throw new UserErrorException("say how long with '--for', for example '--for 2h', or end an override with '--end'");
        }

        if (BoundsOverride.Problem(asked.Minimum, asked.Maximum, span) is { } problem)
        {
            throw new UserErrorException(problem);
        }
    }

    private static async Task<int> RunAsync(
        string name, string? state, OutputFormat format, Func<TargetRow, DateTimeOffset, TargetRow> change, CancellationToken cancellationToken)
    {
        await using var view = await LocalView.RequireAsync(state, cancellationToken);
        var row = await view.FindAsync(name, cancellationToken);
        var now = await view.NowAsync(cancellationToken);
        var changed = await new RowStore(view.Store).ChangeTargetAsync(row.Target, current => change(current, now), cancellationToken);
        if (changed.Override is { } given && OverrideText.Warning(given, row.Standing) is { } warning)
        {
            Terminal.Note($"note: {warning}");
        }

        Print(row.Target.Name, changed.Override, format);
        return ExitCodes.Done;
    }

    /// <summary>Times are those of the run, which is simulated.</summary>
    private static void Print(string target, BoundsOverride? given, OutputFormat format)
    {
        var sheet = new Sheet("target", "minimum", "maximum", "by", "until", "why");
        if (given is null)
        {
            sheet.Add(target, "as the policy says", "as the policy says", "", "", "");
        }
        else
        {
            sheet.Add(
                target, given.Minimum?.ToString() ?? "as the policy says", given.Maximum?.ToString() ?? "as the policy says", given.By,
                $"{given.Until:yyyy-MM-dd HH:mm}", given.Reason);
        }

        sheet.Print(
            format,
            new OverrideLine(target, given is not null, given?.Minimum, given?.Maximum, given?.By ?? "", given?.Reason ?? "", given?.Until),
            AppJson.Default.OverrideLine, "");
    }
}
