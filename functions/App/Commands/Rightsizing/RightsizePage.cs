using System.Globalization;
using System.Text;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Commands.Rightsizing;

/// <summary>What was found as a page for whoever decides: what to change, what it saves, why, and what speaks against it.</summary>
internal static class RightsizePage
{
    private const int Detailed = 30;

    /// <summary>The whole in a few sentences.</summary>
    public static string Summary(RightsizeView view)
    {
        var (save, raise, suppressed) = (view.Of(RightsizingVerb.Save).Count(), view.Of(RightsizingVerb.Raise).Count(), view.Of(RightsizingVerb.Suppressed).Count());
        return $"{view.Judged} of {view.Resources} resources could be judged. {(save == 0 ? "None" : $"{save}")} should have another size or count{(save == 0 ? "" : $", which saves {RightsizeSheets.Total(view)} a month")}."
            + (raise > 0 ? $" {raise} {(raise == 1 ? "has" : "have")} too little." : "")
            + (suppressed > 0 ? $" {suppressed} {(suppressed == 1 ? "is" : "are")} suppressed." : "")
            + (view.IsPartial ? " This is not all: some of it could not be read." : "");
    }

    public static string Of(RightsizeView view)
    {
        var page = new StringBuilder();
        page.AppendLine(CultureInfo.InvariantCulture, $"# Sizes: {view.Where}, {view.At.UtcDateTime:yyyy-MM-dd}").AppendLine().AppendLine(Summary(view));
        page.AppendLine().AppendLine(Introduction(view));
        Part(page, "To change", RightsizeSheets.Changes(view.Of(RightsizingVerb.Save), int.MaxValue), RightsizeSheets.Ground(view));
        Details(page, view.Of(RightsizingVerb.Save));
        Part(page, "Has too little", RightsizeSheets.Changes(view.Of(RightsizingVerb.Raise), int.MaxValue));
        Details(page, view.Of(RightsizingVerb.Raise));
        Part(page, "Suppressed", RightsizeSheets.Suppressed(view.Of(RightsizingVerb.Suppressed)));
        Part(page, "Stays as it is", RightsizeSheets.KeptWithFigures(view.Of(RightsizingVerb.Keep), Detailed), view.Of(RightsizingVerb.Keep).Count() > Detailed ? $"and {view.Of(RightsizingVerb.Keep).Count() - Detailed} more" : "");
        Part(page, "Not judged", RightsizeSheets.NotJudged(view));
        Part(page, "Not judged of those that were", RightsizeSheets.PartsNotJudged(view));
        if (view.Gaps.Count > 0)
        {
            page.AppendLine().AppendLine("## Not read").AppendLine();
            foreach (var gap in view.Gaps)
            {
                page.AppendLine(CultureInfo.InvariantCulture, $"- {Plain(gap)}");
            }
        }

        return page.ToString().TrimEnd();
    }

    private static string Introduction(RightsizeView view)
    {
        var acts = view.Findings.Any(each => each.Finding is not null && each.Verdict != RightsizingVerb.Suppressed && each.WhyNotActed is null);
        return (acts ? "Nothing was changed by this look; where it says so, ScaleFunctions makes the change in the window of the policy. " : "These are recommendations: nothing was changed. ")
            + "Change a size where it is declared (Bicep, Terraform), or the next deployment sets it back. "
            + "'Used' is rounded up by 5 % at most, so that it may be above what was used at most; 'needed' has the headroom.";
    }

    private static void Part(StringBuilder page, string heading, Sheet sheet, string note = "")
    {
        if (sheet.Rows.Count == 0)
        {
            return;
        }

        page.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## {heading}").AppendLine().AppendLine(sheet.Markdown());
        if (note.Length > 0)
        {
            page.AppendLine().AppendLine(note);
        }
    }

    private static void Details(StringBuilder page, IEnumerable<RightsizingRecord> findings)
    {
        var all = findings.ToList();
        foreach (var each in all.Take(Detailed))
        {
            page.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"**{Plain(each.Name)}** ({Plain(each.ResourceGroup)}): {RightsizeSheets.Has(each)} → {RightsizeSheets.ShouldHave(each)}").AppendLine();
            page.AppendLine(CultureInfo.InvariantCulture, $"- Why: {Plain(each.Why)}.");
            page.AppendLine(CultureInfo.InvariantCulture, $"- Now: {Plain(RightsizeSheets.Processors(each))}; memory {Plain(RightsizeSheets.Memory(each))}{(each.Moves.Count == 0 ? "" : $"; an instance moves {Plain(string.Join(", ", each.Moves))}")}.");
            page.AppendLine(CultureInfo.InvariantCulture, $"- Who: {(each.WhyNotActed is { } only ? $"you, this is told only: {Plain(only)}" : $"ScaleFunctions, in the window of the policy (finding {each.Finding})")}.");
            page.AppendLine(CultureInfo.InvariantCulture, $"- Way back: {Plain(each.Size)} is still offered, and there is quota for it.");
            foreach (var risk in each.Risks)
            {
                page.AppendLine(CultureInfo.InvariantCulture, $"- Mind: {Plain(risk)}.");
            }

            if (each.Refused.Count > 0)
            {
                page.AppendLine(CultureInfo.InvariantCulture, $"- Not taken: {Plain(string.Join("; ", each.Refused))}.");
            }
        }

        if (all.Count > Detailed)
        {
            page.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"The reasons of {all.Count - Detailed} more are in `--format json` and `--format csv`.");
        }
    }

    /// <summary>Names and Azure's words come from outside: they must not become markup.</summary>
    private static string Plain(string text) => Terminal.Printable(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace("[", "\\[", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal);
}
