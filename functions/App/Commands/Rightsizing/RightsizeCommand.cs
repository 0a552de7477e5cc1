using System.CommandLine;
using ScaleFunctions.App.Commands.Assessments;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Commands.Rightsizing;

/// <summary>Which size and count resources should have, by what they used. It only reads.</summary>
internal static class RightsizeCommand
{
    /// <summary>What a person reads in a terminal; all of it is in the other formats.</summary>
    private const int LinesShown = 15;

    public static Command Create()
    {
        var azure = new Option<bool>("--azure") { Description = "Look at Azure, at all subscriptions that whoever is signed in here sees." };
        var subscriptions = new Option<string[]>("--subscription")
        {
            Description = "Look at these subscriptions of Azure.",
            HelpName = "ID",
            AllowMultipleArgumentsPerToken = true,
            CustomParser = AssessCommand.ParseSubscriptions,
        };
        var (estate, state, format) = (SharedOptions.Estate(), SharedOptions.State(), SharedOptions.Format());
        var sandbox = new Option<string?>("--sandbox") { Description = "Look at the sandbox of another process.", HelpName = "PORT/THUMBPRINT" };
        var faults = new Option<string?>("--faults") { Description = "JSON file of faults a fresh simulated Azure shall show.", HelpName = "FILE" };
        var policies = new Option<string?>("--policies") { Description = "Directory of policies: only what they ask for, on their terms. Default: all that nobody else scales, on the terms below.", HelpName = "DIR" };
        var days = new Option<int>("--days")
        {
            Description = $"How far back use is looked at, {ResourceRightsizingPolicy.FewestDays} to {ResourceRightsizingPolicy.MostDays}.",
            HelpName = "N",
            DefaultValueFactory = _ => ResourceRightsizingPolicy.FewestDays,
            CustomParser = result => SharedOptions.ParseNumber<int>(result, $"{ResourceRightsizingPolicy.FewestDays} to {ResourceRightsizingPolicy.MostDays} days", value => value is >= ResourceRightsizingPolicy.FewestDays and <= ResourceRightsizingPolicy.MostDays),
        };
        var headroom = new Option<string>("--headroom") { Description = "thrifty, balanced or strict. Default: balanced.", HelpName = "WORD", DefaultValueFactory = _ => Headroom.Balanced.Text };
        headroom.AcceptOnlyFromAmong(Headroom.Thrifty.Text, Headroom.Balanced.Text, Headroom.Strict.Text);
        var currency = new Option<string>("--currency") { Description = "ISO 4217 code of the prices.", HelpName = "CODE", DefaultValueFactory = _ => "USD", CustomParser = AssessCommand.ParseCurrency };
        var command = new Verb(
            "rightsize", "Which size and count resources should have, by what they used. Nothing is changed. Exit code 3 when something could not be read.",
            "sf rightsize",
            "sf rightsize --azure --currency EUR --days 30")
        {
            azure, subscriptions, estate, sandbox, faults, policies, days, headroom, currency, state, format,
        };
        command.Validators.Add(result =>
        {
            bool Has(Option option) => result.GetResult(option) is { Implicit: false };
            if (new[] { Has(azure) || Has(subscriptions), Has(estate), Has(sandbox) }.Count(each => each) > 1)
            {
                result.AddError("--azure or --subscription, --estate and --sandbox are different estates; give one of them");
            }

            if (Has(policies) && (Has(days) || Has(headroom) || Has(currency)))
            {
                result.AddError("--days, --headroom and --currency are the terms where no policies are given; with --policies those of ResourceRightsizing count");
            }
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new RightsizeRequest
            {
                Place = new EstatePlace
                {
                    IsAzure = parsed.GetValue(azure) || parsed.GetValue(subscriptions) is { Length: > 0 },
                    Subscriptions = parsed.GetValue(subscriptions) ?? [],
                    Estate = parsed.GetValue(estate) ?? (parsed.GetValue(faults) is null ? null : Local.EstateNames.Shop),
                    Sandbox = parsed.GetValue(sandbox),
                    Faults = parsed.GetValue(faults),
                    State = parsed.GetValue(state),
                },
                Policies = parsed.GetValue(policies),
                Usual = ResourceRightsizingPolicy.Usual with
                {
                    LookBackDays = parsed.GetValue(days),
                    Headroom = new[] { Headroom.Thrifty, Headroom.Balanced, Headroom.Strict }.First(each => each.Text == parsed.GetValue(headroom)),
                    Currency = parsed.GetValue(currency)!,
                },
            },
            parsed.GetValue(format), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(RightsizeRequest request, OutputFormat format, CancellationToken cancellationToken)
    {
        var view = await RightsizedEstate.LookAsync(request, cancellationToken);
        Print(view, format);
        return view.IsPartial ? ExitCodes.Partial : ExitCodes.Done;
    }

    private static void Print(RightsizeView view, OutputFormat format)
    {
        if (format is OutputFormat.Json or OutputFormat.Csv)
        {
            RightsizeSheets.Everything(view).Print(format, view, AppJson.Default.RightsizeView, "");
            return;
        }

        if (format == OutputFormat.Markdown)
        {
            Terminal.Write(RightsizePage.Of(view));
            return;
        }

        Terminal.Write(RightsizePage.Summary(view));
        Part("Should have another size or count", RightsizeSheets.Changes(view.Of(RightsizingVerb.Save), LinesShown), view.Of(RightsizingVerb.Save).Count() - LinesShown, RightsizeSheets.Ground(view));
        Part("Has too little", RightsizeSheets.Changes(view.Of(RightsizingVerb.Raise), LinesShown), view.Of(RightsizingVerb.Raise).Count() - LinesShown);
        Part("Suppressed", RightsizeSheets.Suppressed(view.Of(RightsizingVerb.Suppressed)));
        Part("Stays", RightsizeSheets.Kept(view.Of(RightsizingVerb.Keep), LinesShown), view.Of(RightsizingVerb.Keep).Count() - LinesShown);
        Part("Not judged", RightsizeSheets.NotJudged(view));
        Part("Not judged of those that were", RightsizeSheets.PartsNotJudged(view));
        foreach (var gap in view.Gaps)
        {
            Terminal.Note($"not read: {gap}");
        }

        void Part(string heading, Sheet sheet, int more = 0, string note = "")
        {
            if (sheet.Rows.Count == 0)
            {
                return;
            }

            Terminal.Write($"\n{heading}");
            sheet.Print(format, view, AppJson.Default.RightsizeView, "");
            Terminal.Write(more > 0 ? $"and {more} more\n{note}".TrimEnd() : note);
        }
    }
}
