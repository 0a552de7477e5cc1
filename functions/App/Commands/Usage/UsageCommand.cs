using System.CommandLine;
using System.Globalization;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Commands.Usage;

/// <summary>Tells how off-hours stand: who is off, what it comes back as and when, and what that has spared.</summary>
internal static class UsageCommand
{
    private const int UsualDays = 7;

    /// <summary>A week of a restless target; what is older is not counted.</summary>
    private const int MostEntries = 10_000;

    public static Command Create()
    {
        var days = new Option<int>("--days")
        {
            Description = "Days that savings are of.",
            DefaultValueFactory = _ => UsualDays,
            CustomParser = result => SharedOptions.ParseNumber<int>(result, "1 to 93 days", number => number is >= 1 and <= 93),
        };
        var currency = new Option<string>("--currency") { Description = "ISO 4217 code of the amounts.", DefaultValueFactory = _ => "USD" };
        var (policies, state, estate, format) = (ReadOnlyEstate.Policies(), SharedOptions.State(), SharedOptions.Estate(), SharedOptions.Format());
        var command = new Command("usage", "Tell how off-hours stand: who is off, what it comes back as, when, and what that has spared. Changes nothing.")
        {
            days, currency, policies, state, estate, format,
        };
        command.Subcommands.Add(LeftoversCommand.Create());
        command.SetAction((parsed, cancellationToken) => ReadOnlyEstate.UseAsync(
            parsed.GetValue(policies), parsed.GetValue(state), parsed.GetValue(estate),
            async (set, services) =>
            {
                var view = await LookAsync(set, services, parsed.GetValue(days), parsed.GetValue(currency)!, cancellationToken);
                Print(view, parsed.GetValue(format));
                return view.IsPartial ? ExitCodes.Partial : ExitCodes.Done;
            },
            cancellationToken));
        return command;
    }

    private static async Task<UsageView> LookAsync(PolicySet policies, IServiceProvider services, int days, string currency, CancellationToken cancellationToken)
    {
        var (now, store) = (services.GetRequiredService<TimeProvider>().GetUtcNow(), services.GetRequiredService<IStateStore>());
        var seen = await services.GetRequiredService<ITargetInventory>().ListAsync(cancellationToken);
        var rows = (await store.ReadTargetsAsync(cancellationToken)).ToDictionary(row => row.Target);
        List<OffStanding> standings = [];
        foreach (var target in seen.Targets.OrderBy(target => target.Id.Key, StringComparer.Ordinal))
        {
            var row = rows.GetValueOrDefault(target.Id) ?? new TargetRow { Target = target.Id };
            if (OffStandings.Of(policies, target, row, now) is { } standing)
            {
                var entries = await store.ReadJournalAsync(new JournalQuery(target.Id.Key, now.AddDays(-days), MostEntries), cancellationToken);
                standings.Add(standing with { SavedHours = OffStandings.SavedHours(entries, row, now.AddDays(-days), now) });
            }
        }

        var queries = standings.ToDictionary(standing => standing, standing => PriceQuery.Of(standing.Target) with { Sku = standing.Before?.Size ?? standing.Target.Sku });
        var prices = await services.GetRequiredService<IPriceSource>().ReadAsync([.. queries.Values.Distinct()], currency, cancellationToken);
        return new UsageView(now, days, currency, [.. standings.Select(standing => UsageLine.Of(standing, prices[queries[standing]]))], seen is InventoryReading.Partial);
    }

    private static void Print(UsageView view, OutputFormat format)
    {
        var sheet = new Sheet("target", "state", "now", "since", "next", "comes back as", $"spared in {view.Days} d", "note");
        foreach (var line in view.Targets)
        {
            sheet.Add(
                line.Target,
                line.State,
                $"{line.Instances} × {line.Size}",
                Time(line.Since),
                line.NextAt is { } next ? $"{line.Next} {Time(next)}" : "",
                line.BeforeInstances is { } before ? $"{before} × {line.BeforeSize}{(line.ReadyAt is { } ready ? $" by {Time(ready)}" : "")}" : "",
                Spared(line, view.Currency),
                line.Note);
        }

        sheet.Print(format, view, AppJson.Default.UsageView, "No policy of the kind UsageOptimization puts anything off here.");
        if (format == OutputFormat.Table && view.Targets.Count > 0)
        {
            Terminal.Note($"{view.At:yyyy-MM-dd HH:mm} UTC; amounts are instance-hours at list prices, not what was billed");
        }
    }

    private static string Spared(UsageLine line, string currency) => line.SavedHours == 0 ? "" : string.Create(
        CultureInfo.InvariantCulture, $"{line.SavedHours:0.#} h, {(line.Saved is { } saved ? $"{saved:0.00} {currency} ({line.Price})" : line.Price)}");

    private static string Time(DateTimeOffset? at) => at?.ToUniversalTime().ToString("ddd MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";
}
