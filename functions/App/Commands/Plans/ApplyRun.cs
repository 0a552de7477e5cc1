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
        if (plan.IsNothing)
        {
            // What was settled before may have ended badly.
            var settled = Lines(worker, plan, []);
            return Tell(plan, settled, request.Format, "nothing to do", View(plan, settled).ExitCode(plan.Sheet.ExitCode));
        }

        if (!request.IsConfirmed && !Agrees())
        {
            return Tell(plan, [], request.Format, "nothing was changed; '--yes' does it", ExitCodes.WouldChange);
        }

        var underWay = await ActAsync(worker, request, cancellationToken);
        var lines = Lines(worker, plan, underWay);
        var view = View(plan, lines);
        return Tell(
            plan, lines, request.Format,
            underWay.Count == 0 ? "done" : $"{underWay.Count} not seen to the end; the next apply, or serve, on this state looks at them, and '--wait' does at once",
            view.ExitCode(plan.Sheet.ExitCode));
    }

    /// <summary>A tick that raises and proposes, one that lowers what both agree on, and more when somebody waits.</summary>
    private static async Task<IReadOnlyList<TargetId>> ActAsync(ApplyWorker worker, ApplyRequest request, CancellationToken cancellationToken)
    {
        if (!request.IsConfirmed)
        {
            await worker.SettleAsync(cancellationToken);
        }

        var end = worker.Time.GetUtcNow() + request.Wait;
        var lowers = await worker.TickAsync(cancellationToken);
        for (var (ticks, underWay) = (1, await worker.UnderWayAsync(cancellationToken)); ; ticks++)
        {
            var isOver = end is null ? ticks > 1 || !lowers : (underWay.Count == 0 && !lowers) || worker.Time.GetUtcNow() >= end;
            if (isOver)
            {
                return underWay;
            }

            lowers = await worker.TickAsync(cancellationToken);
            underWay = await worker.UnderWayAsync(cancellationToken);
        }
    }

    private static IReadOnlyList<ApplyLine> Lines(ApplyWorker worker, ApplyPlan plan, IReadOnlyList<TargetId> underWay) =>
        ApplyLine.Of(worker.Log.Reports, plan.Planned, underWay);

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
            sheet.Add(line.Target, line.From == line.To ? $"{line.From}" : $"{line.From} → {line.To}", line.Outcome, Word(line.Result), line.Reason);
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
