using System.CommandLine;
using ScaleFunctions.App.Commands.Backtests;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Backtests.Peers;

namespace ScaleFunctions.App.Commands.Scorecards;

/// <summary>Compares scaling policies on recorded load. The result is printed when all of it is there, or not at all.</summary>
internal static class ScorecardCommand
{
    private const double UsualMean = 20;
    private const double LargestMean = 1000;

    public static Command Create()
    {
        var traces = new Option<string>("--traces") { Description = "Directory of recorded loads: CSV files with lines 'timestamp,value'.", HelpName = "DIR", DefaultValueFactory = _ => "traces" };
        var mean = new Option<double>("--mean")
        {
            Description = "Instances the load is scaled to need on the average.",
            HelpName = "N",
            DefaultValueFactory = _ => UsualMean,
            CustomParser = result => SharedOptions.ParseNumber<double>(result, $"a number above 0, at most {LargestMean}", number => number is > 0 and <= LargestMean),
        };
        var names = new Option<string[]>("--policy")
        {
            Description = "Only these policies, by the names of the rows. Default: all peers and our own.",
            HelpName = "NAME",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var policies = new Option<string?>("--policies") { Description = "Also your own policy files: a row 'policies', decided as they would be in production.", HelpName = "DIR" };
        var workload = new Option<string?>("--workload") { Description = "Whose policies. Default: the only workload there is.", HelpName = "NAME" };
        var sizes = new Option<bool>("--sizes") { Description = "Compare rules that recommend sizes instead, on a simulated estate whose next week is known." };
        var seed = new Option<int>("--seed") { Description = "Which estate, with --sizes.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var format = SharedOptions.Format();
        var command = new Verb(
            "scorecard", "Compare scaling policies on recorded load, our own beside those of others. See docs/scorecard.md.",
            "sf scorecard --traces traces",
            "sf scorecard --traces traces --policies policies --workload web")
        {
            traces, mean, names, policies, workload, sizes, seed, format,
        };
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(sizes) ? SizingScorecard.RunAsync(parsed.GetValue(seed), parsed.GetValue(format), cancellationToken) : RunAsync(
            parsed.GetValue(traces)!,
            parsed.GetValue(mean),
            [.. Chosen(parsed.GetValue(names)!), .. Files(parsed.GetValue(policies), parsed.GetValue(workload))],
            parsed.GetValue(format),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string directory, double mean, IReadOnlyList<ScoredPolicy> policies, OutputFormat format, CancellationToken cancellationToken)
    {
        var series = TraceFiles.ReadAll(directory, (file, points) =>
            DemandSeries.Scale(Path.GetFileNameWithoutExtension(file), RecordedLoad.ToMinutes(points, file), mean, points[0].At));
        Terminal.Note($"{series.Count} recorded load{(series.Count == 1 ? "" : "s")}, {policies.Count} polic{(policies.Count == 1 ? "y" : "ies")}, {mean} instances on the average");
        var cards = series.Select(each => new Scorecard(each)).ToArray();
        var rows = new ScorecardRow[series.Count][];
        foreach (var (i, card) in cards.Index())
        {
            rows[i] = [card.Oracle, .. new ScorecardRow[policies.Count]];
        }

        var pieces = Enumerable.Range(0, cards.Length).SelectMany(_ => Enumerable.Range(0, policies.Count), (trace, policy) => (trace, policy)).ToArray();
        await WorkBar.WhileAsync("policies on recorded load", pieces.Length, isDone => Parallel.ForEachAsync(
            pieces,
            cancellationToken,
            (piece, cancelled) =>
            {
                rows[piece.trace][piece.policy + 1] = cards[piece.trace].Score(policies[piece.policy], cancelled);
                isDone();
                return ValueTask.CompletedTask;
            }));
        Print(new ScorecardView(ScorecardSummary.Of(rows.SelectMany(each => each)), [.. rows.SelectMany(each => each)]), format);
        return ExitCodes.Done;
    }

    private static IReadOnlyList<ScoredPolicy> Chosen(string[] names)
    {
        var known = ScoredPolicies.All.Select(policy => policy.Name).ToArray();
        var unknown = names.Except(known).Where(name => name != PeerCatalogue.Oracle).ToArray();
        return unknown.Length > 0
                ? throw new UserErrorException($"'{string.Join("', '", unknown)}' does not fit --policy; expected of {string.Join(", ", known)}")
            : names.Length > 0 ? [.. ScoredPolicies.All.Where(policy => names.Contains(policy.Name))]
            : ScoredPolicies.Usual;
    }

    /// <summary>The row of the user's own policy files, when there is to be one.</summary>
    private static IEnumerable<ScoredPolicy> Files(string? directory, string? workload) => directory is null
        ? workload is null ? [] : throw new UserErrorException("--workload chooses among policy files; name their directory with --policies")
        : [ScoredPolicies.OfFiles(ReplayInputs.ReadSetup(new ReplayRequest
        {
            Policies = directory,
            Trace = "",
            Workload = workload,
            Boot = TimeSpan.FromMinutes(ScalingProtocol.BootMinutes),
        }).Setup)];

    private static void Print(ScorecardView view, OutputFormat format) => (format == OutputFormat.Csv ? Rows(view.Rows) : Summary(view.Summary))
        .Print(format, view, AppJson.Default.ScorecardView, "nothing was scored");

    private static Sheet Summary(IReadOnlyList<ScorecardSummary> summary)
    {
        var sheet = new Sheet("policy", "cost over oracle", "% of time short", "worst series", "actions a day", "reversals a day");
        foreach (var line in summary)
        {
            sheet.Add(
                line.Policy, $"{line.CostOverOracle:0.000}", $"{line.ShortPercent:0.00}", $"{line.WorstShortPercent:0.0}",
                $"{line.ActionsPerDay:0}", $"{line.ReversalsPerDay:0}");
        }

        return sheet;
    }

    private static Sheet Rows(IReadOnlyList<ScorecardRow> rows)
    {
        var sheet = new Sheet(
            "trace", "mean_instances", "score_days", "policy", "cost_vs_oracle", "inst_hours", "under_pct", "over_pct",
            "theta_u", "theta_o", "instability", "lost_pct", "slo_min_day", "actions_day");
        foreach (var row in rows)
        {
            var measures = row.Measures;
            sheet.Add([
                row.Trace, Text(row.MeanInstances), $"{row.ScoredDays:0.0}", row.Policy, .. new[]
                {
                    row.CostOverOracle, measures.InstanceHours, measures.ShortPercent, measures.OverPercent, measures.ShortagePercent,
                    measures.SurplusPercent, measures.InstabilityPercent, measures.LostPercent, measures.ShortMinutesPerDay, measures.ActionsPerDay,
                }.Select(Text)]);
        }

        return sheet;
    }

    private static string Text(double value) => $"{value:0.0###}";
}
