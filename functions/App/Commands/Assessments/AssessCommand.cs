using System.CommandLine;
using System.CommandLine.Parsing;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Reports;
using ScaleFunctions.Core.Assessments;

namespace ScaleFunctions.App.Commands.Assessments;

/// <summary>A first look at an estate that only reads: what there is, whose it is, what is wasted, what flaps, what nobody could judge.</summary>
internal static class AssessCommand
{
    /// <summary>What a person reads in a terminal; all of it is in the other formats.</summary>
    private const int LinesShown = 15;

    /// <summary>A thousand resources take less than one minute; one that is throttled all the time, or silent, has nothing more to tell after ten.</summary>
    private static readonly TimeSpan UsualDeadline = TimeSpan.FromMinutes(10);

    public static Command Create()
    {
        var azure = new Option<bool>("--azure") { Description = "Look at Azure, at all subscriptions that whoever is signed in here sees." };
        var subscriptions = new Option<string[]>("--subscription")
        {
            Description = "Look at these subscriptions of Azure.",
            HelpName = "ID",
            AllowMultipleArgumentsPerToken = true,
            CustomParser = ParseSubscriptions,
        };
        var estate = SharedOptions.Estate();
        var sandbox = new Option<string?>("--sandbox") { Description = "Look at the sandbox of another process.", HelpName = "PORT/THUMBPRINT" };
        var faults = new Option<string?>("--faults") { Description = "JSON file of faults a fresh simulated Azure shall show.", HelpName = "FILE" };
        var days = Number("--days", "How far back the load is looked at, 1 to 30.", 7, "1 to 30 days", value => value is >= 1 and <= 30);
        var quantile = Number("--quantile", "Which quantile of the load has to fit.", 0.99, "a share from 0.5 to 1", value => value is >= 0.5 and <= 1);
        var target = Number("--target", "Percent of the processors that may be used then.", 60, "10 to 100", value => value is >= 10 and <= 100);
        var currency = new Option<string>("--currency") { Description = "ISO 4217 code of the prices.", HelpName = "CODE", DefaultValueFactory = _ => "USD", CustomParser = ParseCurrency };
        var deadline = SharedOptions.Span("--deadline", "How long Azure is asked at most; what is not known by then is told as not read. Default: 10m.", TimeSpan.FromSeconds(1));
        var policies = new Option<string?>("--policies") { Description = "Directory of policy files that declare kinds of resources. Default: 'policies', where it is there.", HelpName = "DIR" };
        var report = new Option<string?>("--report") { Description = "Also write a page that stands alone, for a browser.", HelpName = "FILE" };
        var (state, format) = (SharedOptions.State(), SharedOptions.Format());
        var command = new Verb(
            "assess", "A first look at an estate that only reads: what there is, whose it is, what is wasted, what flaps. Exit code 3 when something could not be read.", "sf assess --azure --currency EUR --report estate.html", "sf assess --estate large --format csv")
        {
            azure, subscriptions, estate, sandbox, faults, days, quantile, target, currency, deadline, policies, report, state, format,
        };
        command.Validators.Add(result =>
        {
            bool Has(Option option) => result.GetResult(option) is { Implicit: false };
            var places = new[] { Has(azure) || Has(subscriptions), Has(estate), Has(sandbox) };
            if (places.Count(each => each) > 1)
            {
                result.AddError("--azure or --subscription, --estate and --sandbox are different estates; give one of them");
            }
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new AssessRequest
            {
                Terms = new AssessmentTerms
                {
                    Span = TimeSpan.FromDays(parsed.GetValue(days)),
                    Quantile = parsed.GetValue(quantile),
                    TargetPercent = parsed.GetValue(target),
                    Currency = parsed.GetValue(currency)!,
                },
                IsAzure = parsed.GetValue(azure) || parsed.GetValue(subscriptions) is { Length: > 0 },
                Subscriptions = parsed.GetValue(subscriptions) ?? [],
                Estate = parsed.GetValue(estate) ?? (parsed.GetValue(faults) is null ? null : Local.EstateNames.Shop),
                Sandbox = parsed.GetValue(sandbox),
                Faults = parsed.GetValue(faults),
                Deadline = parsed.GetValue(deadline) ?? UsualDeadline,
                Policies = parsed.GetValue(policies) ?? (Directory.Exists(SharedOptions.UsualPolicies) ? SharedOptions.UsualPolicies : null),
                State = parsed.GetValue(state),
            },
            parsed.GetValue(report), parsed.GetValue(format), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(AssessRequest request, string? report, OutputFormat format, CancellationToken cancellationToken)
    {
        WholeFile.RequireWritable(report);
        var (assessment, where) = await AssessedEstate.LookAsync(request, cancellationToken);
        var view = AssessView.Of(assessment, where);
        Print(view, format);
        if (report is not null)
        {
            WholeFile.Write(report, AssessPage.Of(view), cancellationToken);
            Terminal.Note($"{report}: the report");
        }

        return view.IsPartial ? ExitCodes.Partial : ExitCodes.Done;
    }

    private static void Print(AssessView view, OutputFormat format)
    {
        if (format is OutputFormat.Json or OutputFormat.Csv)
        {
            AssessSheets.Everything(view).Print(format, view, AppJson.Default.AssessView, "");
            return;
        }

        Terminal.Write(Summary(view));
        Part("What there is", AssessSheets.Kinds(view));
        Part("Left alone, because somebody else scales it", AssessSheets.Owners(view));
        Part($"Too many instances: {AssessSheets.Text(view.SurplusPerMonth)} a month", AssessSheets.Oversized(view, LinesShown), view.Oversized.Count - LinesShown, AssessSheets.Ground(view));
        Part("Machines that cost more than they do", AssessSheets.Machines(view, LinesShown), view.Machines.Count - LinesShown);
        Part("Counts that go forth and back", AssessSheets.Flapping(view, LinesShown), view.Flapping.Count - LinesShown);
        Part("Azure's own autoscale", AssessSheets.Settings(view), note: AssessSheets.Predictive(view));
        Part("Set back by something, it seems", AssessSheets.Resets(view), note: view.Resets.Count > 0 ? "'doctor --iac DIR' finds the line." : "");
        Part("Not judged", AssessSheets.NotJudged(view));
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

            Terminal.Write($"\n{(format == OutputFormat.Markdown ? "## " : "")}{heading}{(format == OutputFormat.Markdown ? "\n" : "")}");
            sheet.Print(format, view, AppJson.Default.AssessView, "");
            if (more > 0)
            {
                Terminal.Write($"and {more} more");
            }

            if (note.Length > 0)
            {
                Terminal.Write($"{(format == OutputFormat.Markdown ? "\n" : "")}{note}");
            }
        }
    }

    /// <summary>The whole in a few sentences.</summary>
    internal static string Summary(AssessView view)
    {
        var subscriptions = view.Parts.Select(part => part.Subscription).Distinct(StringComparer.OrdinalIgnoreCase).Count();
        return $"{view.Resources} resources in {subscriptions} subscriptions; {view.Ours} that nobody else scales, {view.Resources - view.Ours} left alone. "
            + $"Of {view.Judged} that could be judged {view.Oversized.Count} had more instances than their load needed: {AssessSheets.Text(view.SurplusPerMonth)} a month"
            + $"{(view.NotPriced > 0 && view.SurplusPerMonth.Count > 0 ? $", {view.NotPriced} of them not priced" : "")}."
            + (view.Machines.Count > 0 ? $" {view.Machines.Count} machines cost more than they do." : "")
            + (view.IsPartial ? " This is not all: some of it could not be read." : "");
    }

    private static Option<double> Number(string name, string description, double usual, string expected, Func<double, bool> isFine) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => usual,
        CustomParser = result => SharedOptions.ParseNumber(result, expected, isFine),
    };

    internal static string[] ParseSubscriptions(ArgumentResult result)
    {
        foreach (var token in result.Tokens.Where(token => !Guid.TryParse(token.Value, out _)))
        {
            result.AddError($"'{token.Value}' does not fit --subscription; expected the id of a subscription, such as 00000000-0000-0000-0000-000000000000");
        }

        return [.. result.Tokens.Select(token => token.Value)];
    }

    internal static string ParseCurrency(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text.Length != 3 || !text.All(char.IsAsciiLetter))
        {
            result.AddError($"'{text}' does not fit --currency; expected an ISO 4217 code such as EUR");
        }

        return text.ToUpperInvariant();
    }
}
