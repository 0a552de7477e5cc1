using System.CommandLine;
using ScaleFunctions.App.Commands.Autoscale;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Reports;
using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Backtests;

namespace ScaleFunctions.App.Commands.Backtests;

/// <summary>Rehearses policies on recorded load. The result is printed when all of it is there, or not at all.</summary>
internal static class BacktestCommand
{
    public static Command Create()
    {
        var options = new ReplayOptions(mayRecord: true);
        var autoscale = new Option<string?>("--autoscale")
        {
            Description = "Also replay the resource's own autoscale: settings as JSON, one, a list, or what Azure's API answers.",
            HelpName = "FILE",
        };
        var autoscaleOf = new Option<string?>("--autoscale-of")
        {
            Description = "Which setting, by its name or that of what it scales. Without --autoscale: one of the running local mode.",
            HelpName = "NAME",
        };
        var report = new Option<string?>("--report") { Description = "Also write a page that stands alone, for a browser.", HelpName = "FILE" };
        var format = SharedOptions.Format();
        var command = new Verb(
            "backtest", "Rehearse policies on recorded load: what they would have cost and how long instances were short. See docs/backtest.md.",
            "sf backtest --trace requests.csv",
            "sf backtest --resource web --report web.html");
        foreach (var option in options.All.Concat([autoscale, autoscaleOf, report, format]))
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => RunAsync(
            options.Read(parsed) with { Autoscale = parsed.GetValue(autoscale), AutoscaleOf = parsed.GetValue(autoscaleOf) },
            parsed.GetValue(report), parsed.GetValue(format), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ReplayRequest asked, string? report, OutputFormat format, CancellationToken cancellationToken)
    {
        WholeFile.RequireWritable(report);
        var request = await RecordedResource.RecordAsync(asked, cancellationToken);
        var inputs = await WithAutoscaleAsync(ReplayInputs.Read(request), request, cancellationToken);
        ReplayNotes.Tell(inputs, request);
        BacktestResult? result = null;
        await WorkBar.WhileAsync("replaying", Backtest.Replays(inputs.Setup), isDone =>
            Task.Run(() => result = Backtest.Run(inputs.Setup, inputs.Load, isDone, cancellationToken), cancellationToken));
        var view = BacktestView.Of(inputs, result!, request.Trace);
        Print(view, format);
        if (report is not null)
        {
            WholeFile.Write(report, BacktestPage.Of(view, result!, ReplayNotes.Of(inputs)), cancellationToken);
            Terminal.Note($"{report}: the report");
        }

        return ExitCodes.Done;
    }

    private static async Task<ReplayInputs> WithAutoscaleAsync(ReplayInputs inputs, ReplayRequest request, CancellationToken cancellationToken)
    {
        if (request is { Autoscale: null, AutoscaleOf: null })
        {
            return inputs;
        }

        var (settings, _) = await ChosenSettings.FindAsync(request.AutoscaleOf, request.Autoscale, request.State, cancellationToken);
        if (settings is not [var (name, json)])
        {
            throw new UserErrorException($"there are {settings.Count} autoscale settings; choose with --autoscale-of: {string.Join(", ", settings.Select(each => each.Name).Order(StringComparer.Ordinal).Take(10))}");
        }

        var setting = AutoscaleSettingReader.Read(json, out var problems)
            ?? throw new UserErrorException($"{name}: {string.Join("; ", problems)}");
        return inputs with { Setup = inputs.Setup with { Native = TemporaryFloor.Without(setting) }, NativeName = name };
    }

    private static void Print(BacktestView view, OutputFormat format)
    {
        Rows(view, format == OutputFormat.Csv ? "0.0###" : "0.00").Print(format, view, AppJson.Default.BacktestView, "nothing was replayed");
        if (format is OutputFormat.Table or OutputFormat.Markdown)
        {
            var held = new Sheet("held back by", "minutes");
            foreach (var each in view.Held)
            {
                held.Add(each.Guard, $"{each.Minutes}");
            }

            if (format == OutputFormat.Markdown)
            {
                Terminal.Write("");
            }

            held.Print(format, view, AppJson.Default.BacktestView, "no guard held anything back");
        }
    }

    /// <summary>A line for each way of scaling; the money only when a price is known.</summary>
    internal static Sheet Rows(BacktestView view, string number)
    {
        var sheet = new Sheet([
            "", "cost over oracle", "instance hours", .. view.PricePerHour is null ? Array.Empty<string>() : [$"cost{(view.Currency.Length > 0 ? $" {view.Currency}" : "")}"],
            "minutes short", "% of time short", "θU %", "θO %", "instability %", "actions a day", "reversals a day"]);
        foreach (var row in view.Rows)
        {
            sheet.Add([
                row.Policy, row.CostOverOracle.ToString("0.000"), row.InstanceHours.ToString("0.0"), .. row.Cost is { } cost ? [cost.ToString("0.00")] : Array.Empty<string>(),
                $"{row.MinutesShort}{(row.MinutesShortWhileCapped > 0 ? $" ({row.MinutesShortWhileCapped} capped)" : "")}",
                row.ShortPercent.ToString(number), row.ShortagePercent.ToString(number), row.SurplusPercent.ToString(number), row.InstabilityPercent.ToString(number),
                row.ActionsPerDay.ToString("0.0"), row.ReversalsPerDay.ToString("0.0")]);
        }

        return sheet;
    }
}
