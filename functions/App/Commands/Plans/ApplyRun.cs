using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Commands.Plans;

/// <summary>Shows what a tick would do, has somebody say yes, and lets the ticks do it.</summary>
internal static class ApplyRun
{
    /// <summary>The estate as <c>plan</c> sees it: with the state that there is, and with none before the first time.</summary>
    public static EstatePlace AsSeen(EstatePlace place) =>
        place is { State: { } state } && (place.IsAzure || place.Sandbox is not null) && !SqliteStateStore.IsThere(state) ? place with { State = null } : place;

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(EstatePlace place, ApplyRequest request, CancellationToken cancellationToken)
    {
        if (place is { IsAzure: true, State: null })
        {
            throw new UserErrorException(
                "apply on Azure remembers what it began, so that the next one finishes it: name a directory with --state, the same each time, on a disk that stays");
        }

        await using var worker = await ApplyWorker.OpenAsync(place, request.Policies, cancellationToken);
        if (request.IsConfirmed)
        {
            // Nothing is decided on what is not understood.
            await worker.SettleAsync(cancellationToken);
        }

        var plan = await worker.PlanAsync(cancellationToken);
        Show(plan, request.Format);
        if (!request.IsConfirmed && (plan.IsNothing || plan.Stopped is not null || !Agrees()))
        {
            await TellRolloutAsync(worker, cancellationToken);
            return plan.IsNothing
                ? Tell(plan, [], request.Format, "nothing to do", plan.Sheet.ExitCode)
                : Tell(plan, [], request.Format, plan.Stopped is { } why ? Stopped(why) : "nothing was changed; '--yes' does it", ExitCodes.WouldChange);
        }

        // Also when nothing is to do: budgets, rollouts of policies and breaches are looked at by ticks alone.
        var left = await ActAsync(worker, request, cancellationToken);
        var lines = Lines(worker, plan, left.UnderWay);
        await TellRolloutAsync(worker, cancellationToken);
        return Tell(
            plan, lines, request.Format, Word(plan, lines, request, left),
            View(plan, lines).ExitCode(plan.Sheet.ExitCode, request.Wait is not null && left.IsAny));
    }

    /// <summary>A tick that raises and proposes, one that lowers what both agree on, and more when somebody waits.</summary>
    private static async Task<ApplyRest> ActAsync(ApplyWorker worker, ApplyRequest request, CancellationToken cancellationToken)
    {
        if (!request.IsConfirmed)
        {
            await worker.SettleAsync(cancellationToken);
        }

        var end = worker.Time.GetUtcNow() + request.Wait;
        try
        {
            for (var ticks = 1; ; ticks++)
            {
                var lowers = await worker.TickAsync(cancellationToken);
                var rest = new ApplyRest(await worker.UnderWayAsync(cancellationToken), lowers);
                if (end is null ? ticks > 1 || !lowers : !rest.IsAny || worker.Time.GetUtcNow() >= end)
                {
                    return rest;
                }
            }
        }
        catch (Exception exception) when (worker.Log.HasActed && !cancellationToken.IsCancellationRequested)
        {
            // What was done already is told, whatever became of the rest.
            worker.Log.Fail("tick", $"it was cut short: {exception.Message}", isLater: false);
            Verbosity.Note($"{exception}");
            return new ApplyRest(await worker.UnderWayAsync(cancellationToken), Lowers: false) { IsCut = true };
        }
    }

    private static string Word(ApplyPlan plan, IReadOnlyList<ApplyLine> lines, ApplyRequest request, ApplyRest left) =>
        left.IsCut ? "a tick was cut short; the next apply, or serve, on this state goes on"
        : plan.Stopped is { } why ? Stopped(why)
        : left.UnderWay.Count > 0 && request.Wait is not null
            ? $"the time of '--wait' is over, {left.UnderWay.Count} not seen to the end; the next apply, or serve, on this state looks at them"
        : left is { Lowers: true } && request.Wait is not null ? "the time of '--wait' is over, and something was still to be lowered; the next apply, or serve, on this state goes on"
        : left.UnderWay.Count > 0 ? $"{left.UnderWay.Count} not seen to the end; the next apply, or serve, on this state looks at them, and '--wait' does at once"
        : lines.Any(line => line.Result == ApplyResult.Failed) ? "not all was done; the lines say what"
        : plan.IsNothing ? "nothing to do"
        : "done";

    private static string Stopped(string why) => $"nothing was changed, though something was to do: {why}; 'kill-switch off' lets it go on";

    private static async Task TellRolloutAsync(ApplyWorker worker, CancellationToken cancellationToken)
    {
        if (FleetNotes.Rollout(await worker.FleetAsync(cancellationToken)) is { } note)
        {
            Terminal.Note(note);
        }
    }

    private static IReadOnlyList<ApplyLine> Lines(ApplyWorker worker, ApplyPlan plan, IReadOnlyList<TargetId> underWay) =>
        [.. ApplyLine.Of(worker.Log.Reports, plan.Wishes, underWay), .. worker.Log.Failures];

    private static ApplyView View(ApplyPlan plan, IReadOnlyList<ApplyLine> lines) =>
        new(lines.Count > 0, plan.Sheet.Lines, [.. plan.UnderWay.Select(target => target.Name)], lines);

    private static void Show(ApplyPlan plan, OutputFormat format)
    {
        plan.Sheet.PrintNotes();
        if (format is OutputFormat.Table or OutputFormat.Markdown)
        {
            plan.Sheet.Print(format);
        }

        if (plan.UnderWay.Count > 0)
        {
            Terminal.Note($"begun earlier, and settled first: {string.Join(", ", plan.UnderWay.Select(target => target.Name))}");
        }
    }

    private static int Tell(ApplyPlan plan, IReadOnlyList<ApplyLine> lines, OutputFormat format, string word, int exitCode)
    {
        var sheet = new Sheet("target", "instances", "what", "result", "why");
        foreach (var line in lines)
        {
            sheet.Add(line.Target, line.Id.Length == 0 ? "" : line.From == line.To ? $"{line.From}" : $"{line.From} → {line.To}", line.Outcome, Word(line.Result), line.Reason);
        }

        if (lines.Count > 0 || format is OutputFormat.Json or OutputFormat.Csv)
        {
            if (format == OutputFormat.Markdown)
            {
                Terminal.Write("");
            }

            sheet.Print(format, View(plan, lines), AppJson.Default.ApplyView, "");
        }

        Terminal.Note(word);
        return exitCode;
    }

    private static string Word(ApplyResult result) => result switch
    {
        ApplyResult.Done => "done",
        ApplyResult.Asked => "asked for",
        ApplyResult.Left => "not yet",
        _ => "failed",
    };

    /// <summary>Asks who sits there; where nobody does, nobody has said yes.</summary>
    private static bool Agrees()
    {
        if (Console.IsInputRedirected || Console.IsErrorRedirected)
        {
            return false;
        }

        Console.Error.Write("Do this? Type yes: ");
        return string.Equals(Console.In.ReadLine()?.Trim(), "yes", StringComparison.OrdinalIgnoreCase);
    }
}
