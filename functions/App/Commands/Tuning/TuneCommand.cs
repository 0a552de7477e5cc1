using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ScaleFunctions.App.Commands.Backtests;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Reports;
using ScaleFunctions.Core.Backtests.Tuning;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Commands.Tuning;

/// <summary>Searches parameters of policies on recorded load: chosen by the first part of it, scored on the rest.</summary>
internal static class TuneCommand
{
    private const double UsualShort = 0.5;

    public static Command Create()
    {
        var options = new ReplayOptions();
        var most = new Option<double>("--short")
        {
            Description = "Most time short, in percent. Default: 0.5%.",
            HelpName = "PERCENT",
            DefaultValueFactory = _ => UsualShort,
            CustomParser = ParsePercent,
        };
        var grid = new Option<string?>("--grid") { Description = $"What to try: target, stabilization, tolerance, minimum; at most {TuningGrid.MostPoints} combinations. See docs/backtest.md.", HelpName = "NAME=VALUE,…;…" };
        var report = new Option<string?>("--report") { Description = "Also write a page that draws cost against shortage.", HelpName = "FILE" };
        var write = new Option<string?>("--write") { Description = "Write the chosen policies as a file.", HelpName = "FILE" };
        var force = new Option<bool>("--force") { Description = "Replace the file that --write names." };
        var format = SharedOptions.Format();
        var command = new Verb(
            "tune", "Search a policy's parameters on recorded load, and score the choice on days it was not chosen by. See docs/backtest.md.",
            "sf tune --trace requests.csv");
        foreach (var option in options.All.Concat([most, grid, report, write, force, format]))
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => RunAsync(
            new TuneRequest(options.Read(parsed), parsed.GetValue(most), parsed.GetValue(grid), parsed.GetValue(report), parsed.GetValue(write), parsed.GetValue(force)),
            parsed.GetValue(format),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(TuneRequest request, OutputFormat format, CancellationToken cancellationToken)
    {
        WholeFile.RequireWritable(request.Report);
        WholeFile.RequireWritable(request.Write);
        var inputs = ReplayInputs.Read(request.Replay);
        TunedPolicies.RequireRoom(inputs, request);
        ReplayNotes.Tell(inputs, request.Replay);
        var split = TuningSplit.Of(inputs.Load, learns: inputs.Setup.Policies.Predictive is not null);
        var tuner = new Tuner(inputs.Setup, split);
        var grid = Grid(request, inputs, tuner);
        var tried = await TryAllAsync(tuner, grid.Points(), cancellationToken);
        var frontier = Tuner.Frontier(tried.Skip(1));
        var worth = await ProveAllAsync(tuner, [tried[0], .. frontier], cancellationToken);
        var chosen = Tuner.Choose([.. worth.Skip(1)], request.ShortPercent);
        var view = View(inputs, request, split, (tried.Count - 1, worth, chosen), tuner.Tracked);
        try
        {
            if (chosen is not null && request.Write is { } file)
            {
                WholeFile.Write(file, TunedPolicies.Text(inputs, request, tuner, chosen), cancellationToken);
                view = view with { Written = file };
            }

            if (request.Report is not null)
            {
                WholeFile.Write(request.Report, TunePage.Of(view, [.. tried.Skip(1)], ReplayNotes.Of(inputs)), cancellationToken);
            }
        }
        catch (UserErrorException)
        {
            // What took minutes to find is told all the same.
            Print(view, format);
            throw;
        }

        Print(view, format);
        return Conclude(view, request, chosen, worth);
    }

    private static TuningGrid Grid(TuneRequest request, ReplayInputs inputs, Tuner tuner)
    {
        var grid = request.Grid is { } text ? GridText.Read(text) : TuningGrid.Usual(inputs.Setup.Policies, tuner.Tracked, tuner.IsPercentage);
        return grid.WhyNot(inputs.Setup.Policies) is { } why ? throw new UserErrorException($"--grid: {why}")
            : tuner.Tracked is null && grid.Targets.Count + grid.Tolerances.Count > 0
                ? throw new UserErrorException($"{inputs.Setup.Policies.Workload.Source}: the workload '{inputs.Setup.Policies.Workload.Name}' has no targetTracking whose signal is replayed, so there is no target and no tolerance to tune; leave them out of --grid")
            : grid;
    }

    /// <summary>What the policies say now comes first.</summary>
    private static async Task<IReadOnlyList<TunedPoint>> TryAllAsync(Tuner tuner, IReadOnlyList<TuningPoint> points, CancellationToken cancellationToken)
    {
        var pieces = points.Prepend(new TuningPoint()).ToList();
        return await EachAsync("trying", pieces, point => tuner.Try(point, cancellationToken), cancellationToken);
    }

    private static Task<IReadOnlyList<TunedPoint>> ProveAllAsync(Tuner tuner, IReadOnlyList<TunedPoint> points, CancellationToken cancellationToken) =>
        EachAsync("scoring on the rest", points, point => tuner.Prove(point, cancellationToken), cancellationToken);

    private static async Task<IReadOnlyList<TunedPoint>> EachAsync<T>(string what, IReadOnlyList<T> pieces, Func<T, TunedPoint> work, CancellationToken cancellationToken)
    {
        var done = new TunedPoint[pieces.Count];
        await WorkBar.WhileAsync(what, pieces.Count, isDone => Parallel.ForAsync(0, pieces.Count, cancellationToken, (piece, _) =>
        {
            done[piece] = work(pieces[piece]);
            isDone();
            return ValueTask.CompletedTask;
        }));
        return done;
    }

    private static TuneView View(ReplayInputs inputs, TuneRequest request, TuningSplit split, (int Tried, IReadOnlyList<TunedPoint> Worth, TunedPoint? Chosen) found, TargetTrackingPolicy? tracked) => new()
    {
        Workload = inputs.Setup.Policies.Workload.Name,
        PolicyVersion = inputs.Policies.Version,
        Trace = request.Replay.Trace,
        From = inputs.Span.ScoredFrom,
        Split = split.Rest.At(split.Rest.Demand.ScoredFrom),
        To = inputs.Span.To,
        ShortPercent = request.ShortPercent,
        Tried = found.Tried,
        Lines =
        [
            TuneLine.Of(found.Worth[0]) with
            {
                IsPresent = true,
                Target = tracked?.Target,
                TolerancePercent = tracked?.ToleranceIn * 100,
                Stabilization = inputs.Setup.Policies.Horizontal.ScaleIn.Stabilization,
                Minimum = inputs.Setup.Policies.Horizontal.Minimum,
            },
            .. found.Worth.Skip(1).Select(each => TuneLine.Of(each) with { IsChosen = each == found.Chosen }),
        ],
    };

    private static void Print(TuneView view, OutputFormat format) => Sheet(view).Print(format, view, AppJson.Default.TuneView, "nothing was tried");

    internal static Sheet Sheet(TuneView view)
    {
        var sheet = new Sheet(
            "", "target", "stabilization", "tolerance", "minimum", "cost over oracle", "% of time short", "cost, rest", "% short, rest", "actions a day, rest");
        foreach (var line in view.Lines)
        {
            sheet.Add(
                line.IsPresent ? "as it is" : line.IsChosen ? "chosen" : "",
                $"{line.Target:0.###}", line.Stabilization is { } span ? DurationText.Of(span) : "", line.TolerancePercent is { } share ? $"{share:0.##}%" : "", $"{line.Minimum}",
                $"{line.CostOverOracle:0.000}", $"{line.ShortPercent:0.00}", $"{line.RestCostOverOracle:0.000}", $"{line.RestShortPercent:0.00}", $"{line.RestActionsPerDay:0.0}");
        }

        return sheet;
    }

    private static int Conclude(TuneView view, TuneRequest request, TunedPoint? chosen, IReadOnlyList<TunedPoint> worth)
    {
        if (chosen is null)
        {
            var least = worth.Skip(1).Min(each => each.First.Measures.ShortPercent);
            Terminal.Note(FormattableString.Invariant(
                $"error: none of {view.Tried} combinations is at most {request.ShortPercent:0.###} % of the time short; the least is {least:0.00} %. Allow more with --short, or try others with --grid, such as lower targets. Nothing was written."));
            return ExitCodes.Failed;
        }

        var rest = chosen.Rest!.Measures;
        Terminal.Note(FormattableString.Invariant(
            $"chosen by {view.From.UtcDateTime:yyyy-MM-dd HH:mm} to {view.Split.UtcDateTime:yyyy-MM-dd HH:mm} UTC; on the days after it, to {view.To.UtcDateTime:yyyy-MM-dd HH:mm}: {rest.ShortPercent:0.00} % of the time short at {chosen.Rest.CostOverOracle:0.000} times the cost of perfect foresight"));
        if (rest.ShortPercent > request.ShortPercent)
        {
            Terminal.Note(FormattableString.Invariant($"note: that is more than {request.ShortPercent:0.###} %: what held on the first days did not on the rest"));
        }

        return ExitCodes.Done;
    }

    private static double ParsePercent(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (double.TryParse(text.TrimEnd('%').TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is >= 0 and <= 100)
        {
            return percent;
        }

        result.AddError($"'{text}' does not fit --short; expected a share of time from 0% to 100%, such as 0.5%");
        return 0;
    }
}
