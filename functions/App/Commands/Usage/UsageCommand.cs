using System.CommandLine;
using System.Globalization;
using ScaleFunctions.App.Commands.Assessments;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Commands.Usage;

/// <summary>Tells how off-hours stand: who is off, what it comes back as and when, and what that has spared.</summary>
internal static class UsageCommand
{
    private const int UsualDays = 7;

    public static Command Create()
    {
        var days = new Option<int>("--days")
        {
            Description = "Days that savings are of.",
            DefaultValueFactory = _ => UsualDays,
            CustomParser = result => SharedOptions.ParseNumber<int>(result, "1 to 93 days", number => number is >= 1 and <= 93),
        };
        var currency = new Option<string>("--currency") { Description = "ISO 4217 code of the amounts.", DefaultValueFactory = _ => "USD" };
        var azure = new Option<bool>("--azure") { Description = "Look at Azure, at all subscriptions that whoever is signed in here sees." };
        var subscriptions = new Option<string[]>("--subscription")
        {
            Description = "Look at these subscriptions of Azure.",
            HelpName = "ID",
            AllowMultipleArgumentsPerToken = true,
            CustomParser = AssessCommand.ParseSubscriptions,
        };
        var sandbox = new Option<string?>("--sandbox") { Description = "Look at the sandbox of another process.", HelpName = "PORT/THUMBPRINT" };
        var (policies, state, estate, format) = (ReadOnlyEstate.Policies(), SharedOptions.State(), SharedOptions.Estate(), SharedOptions.Format());
        var command = new Verb(
            "usage", "Tell how off-hours stand: who is off, what it comes back as, when, and what that has spared. Changes nothing.",
            "sf usage",
            "sf usage --azure --policies policies --days 30 --currency EUR")
        {
            days, currency, azure, subscriptions, policies, state, estate, sandbox, format,
        };
        command.Validators.Add(result =>
        {
            bool Has(Option option) => result.GetResult(option) is { Implicit: false };
            var isOther = Has(azure) || Has(subscriptions) || Has(sandbox);
            if (new[] { Has(azure) || Has(subscriptions), Has(estate), Has(sandbox) }.Count(each => each) > 1 || (isOther && Has(state)))
            {
                result.AddError("--azure or --subscription, --estate, --sandbox and --state are different estates; give one of them");
            }
        });
        command.Subcommands.Add(LeftoversCommand.Create());
        command.Subcommands.Add(WakeCommand.Create());
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var place = new EstatePlace
            {
                IsAzure = parsed.GetValue(azure) || parsed.GetValue(subscriptions) is { Length: > 0 },
                Subscriptions = parsed.GetValue(subscriptions) ?? [],
                Sandbox = parsed.GetValue(sandbox),
            };
            var (span, code, shape) = (parsed.GetValue(days), parsed.GetValue(currency)!, parsed.GetValue(format));
            if (place is { IsAzure: true } or { Sandbox: not null })
            {
                return Tell(await UsageEstate.LookAsync(place, parsed.GetValue(policies), span, code, cancellationToken), shape);
            }

            return await ReadOnlyEstate.UseAsync(
                parsed.GetValue(policies), parsed.GetValue(state), parsed.GetValue(estate),
                async (set, services) => Tell(
                    await UsageEstate.LookAsync(set, services, services.GetRequiredService<IStateStore>(), span, code, cancellationToken), shape),
                cancellationToken);
        });
        return command;
    }

    private static int Tell(UsageView view, OutputFormat format)
    {
        Print(view, format);
        return view.IsPartial ? ExitCodes.Partial : ExitCodes.Done;
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
            if (!view.IsRemembered)
            {
                Terminal.Note("what there is now, against the hours: what was there before and what was spared is known only where a run of ScaleFunctions keeps its state");
            }

            Terminal.Note($"{view.At:yyyy-MM-dd HH:mm} UTC; amounts are instance-hours at list prices, not what was billed");
        }
    }

    private static string Spared(UsageLine line, string currency) => line.SavedHours == 0 ? "" : string.Create(
        CultureInfo.InvariantCulture, $"{line.SavedHours:0.#} h, {(line.Saved is { } saved ? $"{saved:0.00} {currency} ({line.Price})" : line.Price)}");

    private static string Time(DateTimeOffset? at) => at?.ToUniversalTime().ToString("ddd MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";
}
