using System.CommandLine;
using System.Globalization;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Hosting.Api;
using ScaleFunctions.App.Local;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Commands.Costs;

/// <summary>Prints what lowerings have saved, by month.</summary>
internal static class SavingsCommand
{
    public static Command Create()
    {
        var month = new Option<string?>("--month") { Description = "Only this month. Default: all that are kept.", HelpName = "yyyy-MM" };
        var (state, format) = (SharedOptions.State(), SharedOptions.Format());
        var command = new Verb(
            "savings", "What lowerings have saved, by action and month, against what would have run without them.",
            "sf savings --month 2026-01") { month, state, format };
        command.Validators.Add(result =>
        {
            if (result.GetValue(month) is { } text && !DateOnly.TryParseExact($"{text}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            {
                result.AddError($"'{text}' is not a month; expected for example 2026-11");
            }
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(month), parsed.GetValue(state), parsed.GetValue(format), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? month, string? state, OutputFormat format, CancellationToken cancellationToken)
    {
        await using var view = await LocalView.RequireAsync(state, cancellationToken);
        var statements = (await new SavingsStatements(view.Store).ListAsync(cancellationToken)).Where(each => month is null || each.From.ToString("yyyy-MM", CultureInfo.InvariantCulture) == month).ToList();
        SpendSheets.Savings(statements).Print(
            format, new SavingsAnswer(statements), AppJson.Default.SavingsAnswer, "No statement is kept. CostTick makes them where a CostMonitoring policy is; see policies/cost-monitoring.yml.");
        return ExitCodes.Done;
    }
}
