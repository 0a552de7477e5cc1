using System.CommandLine;
using System.Globalization;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Hosting.Api;
using ScaleFunctions.App.Local;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.SelfCosts;

namespace ScaleFunctions.App.Commands.Costs;

/// <summary>What the estate costs, as it was counted; or what this tool itself costs, counted where it ran, else estimated.</summary>
internal static class CostsCommand
{
    public static Command Create()
    {
        var self = new Option<bool>("--self") { Description = "What ScaleFunctions itself uses and costs a month." };
        var (policies, state, estate, format) = (ReadOnlyEstate.Policies(), SharedOptions.State(), SharedOptions.Estate(), SharedOptions.Format());
        var scope = new Option<string?>("--scope") { Description = "The resources of a monitored scope, by its name.", HelpName = "NAME" };
        var command = new Verb(
            "costs", "What monitored scopes have cost this month and will have at its end; with --self, what ScaleFunctions itself costs.",
            "sf costs",
            "sf costs --self")
        {
            scope, self, policies, state, estate, format,
        };
        command.Validators.Add(result =>
        {
            if (!result.GetValue(self) && (result.GetValue(estate) ?? result.GetValue(policies)) is not null)
            {
                result.AddError("--policies and --estate are for --self: what an estate costs is counted while it runs");
            }
        });
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(self)
            ? RunAsync(parsed.GetValue(policies), parsed.GetValue(state), parsed.GetValue(estate), parsed.GetValue(format), cancellationToken)
            : TellAsync(parsed.GetValue(scope), parsed.GetValue(state), parsed.GetValue(format), cancellationToken));
        return command;
    }

    private static async Task<int> TellAsync(string? scope, string? state, OutputFormat format, CancellationToken cancellationToken)
    {
        await using var view = await LocalView.RequireAsync(state, cancellationToken);
        var answer = new CostsAnswer(await new CostReports(view.Store).ListAsync(cancellationToken), (await view.Store.ReadFleetAsync(cancellationToken)).SpendAnomalies);
        if (scope is not null)
        {
            var reports = answer.Reports.Where(each => each.Name.Equals(scope, StringComparison.OrdinalIgnoreCase)).ToList();
            if (reports.Count == 0)
            {
                throw new UserErrorException($"nothing is kept of '{scope}'; known are {(answer.Reports.Count == 0 ? "none" : string.Join(", ", answer.Reports.Select(each => each.Name).Distinct()))}");
            }

            SpendSheets.Resources(reports).Print(format, new CostsAnswer(reports, []), AppJson.Default.CostsAnswer, "Nothing was counted of it this month.");
            return ExitCodes.Done;
        }

        SpendSheets.Reports(answer.Reports).Print(
            format, answer, AppJson.Default.CostsAnswer, "Nothing is counted. CostTick counts where a CostMonitoring policy is; see policies/cost-monitoring.yml.");
        if (format is OutputFormat.Table or OutputFormat.Markdown && answer.Anomalies.Count > 0)
        {
            Terminal.Write("\nMore than usual:\n");
            SpendSheets.Anomalies(answer.Anomalies).Print(format, answer, AppJson.Default.CostsAnswer, "");
        }

        return ExitCodes.Done;
    }

    private static async Task<int> RunAsync(string? policies, string? state, string? estate, OutputFormat format, CancellationToken cancellationToken)
    {
        if (estate is null && await CountedAsync(state, cancellationToken) is { } counted)
        {
            return Print(counted, format);
        }

        Terminal.Note("nothing was counted yet; estimated from the estate and the policies");
        return await ReadOnlyEstate.UseAsync(
            policies, state, estate, async (set, services) => Print(await EstimateAsync(set, services, cancellationToken), format), cancellationToken);
    }

    private static async Task<MonthlyUsage?> CountedAsync(string? state, CancellationToken cancellationToken)
    {
        await using var view = await LocalView.OpenAsync(state, cancellationToken);
        return view is null ? null : MonthlyUsage.Measured(
            await new UsageDays(view.Store).ListAsync(cancellationToken), (await view.Store.ReadTargetsAsync(cancellationToken)).Count);
    }

    /// <summary>Evaluates twice and counts the second time: what is read once an hour or a day is known by then.</summary>
    private static async Task<MonthlyUsage> EstimateAsync(PolicySet policies, IServiceProvider services, CancellationToken cancellationToken)
    {
        var cycle = services.GetRequiredService<ScalingCycle>();
        var counter = services.GetRequiredService<UsageCounter>();
        await cycle.RehearseAsync(policies, cancellationToken);
        counter.Take();
        var rehearsal = await cycle.RehearseAsync(policies, cancellationToken);
        return MonthlyUsage.Estimated(counter.Take(), [.. rehearsal.Seen.Targets.Where(target => policies.For(target) is not TargetPolicies.None)]);
    }

    private static int Print(MonthlyUsage usage, OutputFormat format)
    {
        var view = SelfCostView.Of(SelfCostStatement.Of(usage));
        var sheet = new Sheet("what", "a month", "amount", "price", "basis");
        foreach (var line in view.Lines)
        {
            sheet.Add(line.Item, $"{Number(line.Quantity)} {line.Unit}", Amount(line.Amount, view.Currency), line.Price, line.Basis);
        }

        sheet.Add("total", "", Amount(view.Total, view.Currency), view.WithoutPrice == 0 ? "" : $"without {view.WithoutPrice} that has no price here", view.Basis);
        sheet.Print(format, view, AppJson.Default.SelfCostView, "");
        var source = $"Prices: {view.PriceSource}. Estimates are rounded to cents; your agreement may have other prices.";
        if (format is OutputFormat.Table or OutputFormat.Markdown)
        {
            Terminal.Write($"\n{source}");
        }
        else
        {
            // For programs: JSON has the field priceSource, and a table of values takes no sentence.
            Terminal.Note(source);
        }

        return ExitCodes.Done;
    }

    private static string Amount(decimal? amount, string currency) =>
        amount is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:N2} {currency}") : "unknown";

    private static string Number(decimal quantity) => quantity.ToString(quantity < 100 ? "0.##" : "N0", CultureInfo.InvariantCulture);
}
