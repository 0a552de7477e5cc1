using System.CommandLine;
using System.Globalization;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Assessments.Leftovers;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Commands.Usage;

/// <summary>Tells what stands about and costs, with the command that ends it. Nothing is changed.</summary>
internal static class LeftoversCommand
{
    public static Command Create()
    {
        var (policies, state, estate, format) = (ReadOnlyEstate.Policies(), SharedOptions.State(), SharedOptions.Estate(), SharedOptions.Format());
        var command = new Verb(
            "findings", "Tell what stands about and costs (idle machines and plans, unattached disks, unused addresses …), with its price and the command that ends it. Changes nothing.",
            "sf usage findings",
            "sf usage findings --estate leftovers --format csv")
        {
            policies, state, estate, format,
        };
        command.SetAction((parsed, cancellationToken) => ReadOnlyEstate.UseAsync(
            parsed.GetValue(policies), parsed.GetValue(state), parsed.GetValue(estate),
            async (set, services) =>
            {
                var view = await LookAsync(set, services, cancellationToken);
                Print(view, parsed.GetValue(format));
                return view.Problems.Count > 0 ? ExitCodes.Partial : ExitCodes.Done;
            },
            cancellationToken));
        return command;
    }

    /// <summary>What no policy looks at is told too, by the usual terms.</summary>
    private static async Task<LeftoverView> LookAsync(PolicySet policies, IServiceProvider services, CancellationToken cancellationToken)
    {
        services.GetRequiredService<ResourceKinds>().AreAllWanted = true;
        var anything = new UsageFindingsPolicy
        {
            Name = "",
            Source = new PolicySource("", 1, 1),
            Select = new TargetSelector { Any = [.. LeftoverTypes.All.Select(type => new TargetSelector { ResourceType = type })] },
        };
        var look = await services.GetRequiredService<LeftoverSurvey>().LookAsync([.. policies.UsageFindings, anything], WorkBar.WhileAsync, cancellationToken);
        var marks = (await services.GetRequiredService<LeftoverMarks>().ListAsync(cancellationToken)).ToDictionary(record => record.Id, StringComparer.OrdinalIgnoreCase);
        return new LeftoverView(
            look.At,
            [.. look.Found.Select(found => LeftoverLine.Of(found, marks.GetValueOrDefault(found.Leftover.Id.Value) is { } mark && mark.Kind == found.Leftover.Kind ? mark : null))],
            look.Problems);
    }

    private static void Print(LeftoverView view, OutputFormat format)
    {
        var sheet = new Sheet("resource", "finding", "what", "a month", "policy", "first seen", "told", "command");
        foreach (var line in view.Findings)
        {
            sheet.Add(line.Name, LeftoverWords.Of(line.Kind), line.What, Amount(line), line.Policy, Day(line.FirstSeen), Day(line.ToldAt), line.Command);
        }

        sheet.Print(format, view, AppJson.Default.LeftoverView, "Nothing stands about.");
        foreach (var problem in view.Problems)
        {
            Terminal.Note($"not all could be read: {problem}");
        }
    }

    private static string Amount(LeftoverLine line) => line switch
    {
        { PerMonth: null } => $"no price: {line.WhyNotPriced}",
        { PricesAsOf: { } day } => string.Create(CultureInfo.InvariantCulture, $"{(line.IsAtMost ? "at most " : "")}{line.PerMonth:N2} {line.Currency} (retail of {day:yyyy-MM-dd})"),
        _ => "nothing by itself",
    };

    private static string Day(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
