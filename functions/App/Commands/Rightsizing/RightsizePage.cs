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
        return $"{view.Judged} of {view.Resources} resources could be judged. {save} should have another size or count, which saves {RightsizeSheets.Total(view)} a month."
            + (raise > 0 ? $" {raise} {(raise == 1 ? "has" : "have")} too little." : "")
            + (suppressed > 0 ? $" {suppressed} {(suppressed == 1 ? "is" : "are")} suppressed." : "")
            + (view.IsPartial ? " This is not all: some of it could not be read." : "");
    }

    public static string Of(RightsizeView view)
    {
        var page = new StringBuilder();
        page.AppendLine(CultureInfo.InvariantCulture, $"# Sizes: {view.Where}, {view.At.UtcDateTime:yyyy-MM-dd}").AppendLine().AppendLine(Summary(view));
        page.AppendLine().AppendLine("These are recommendations: nothing was changed. Change a size where it is declared (Bicep, Terraform), or the next deployment sets it back.");
        Part(page, "To change", RightsizeSheets.Changes(view.Of(RightsizingVerb.Save), int.MaxValue), RightsizeSheets.Ground(view));
        Details(page, view.Of(RightsizingVerb.Save));
        Part(page, "Has too little", RightsizeSheets.Changes(view.Of(RightsizingVerb.Raise), int.MaxValue));
        Details(page, view.Of(RightsizingVerb.Raise));
        Part(page, "Suppressed", RightsizeSheets.Suppressed(view.Of(RightsizingVerb.Suppressed)));
        Part(page, "Stays as it is", RightsizeSheets.Kept(view.Of(RightsizingVerb.Keep), Detailed), view.Of(RightsizingVerb.Keep).Count() > Detailed ? $"and {view.Of(RightsizingVerb.Keep).Count() - Detailed} more" : "");
        Part(page, "Not judged", RightsizeSheets.NotJudged(view));
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
        foreach (var each in findings.Take(Detailed))
        {
            page.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"**{Plain(each.Name)}** ({Plain(each.ResourceGroup)}): {RightsizeSheets.Has(each)} → {RightsizeSheets.ShouldHave(each)}").AppendLine();
            page.AppendLine(CultureInfo.InvariantCulture, $"- Why: {Plain(each.Why)}.");
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
    }

    /// <summary>Names and Azure's words come from outside: they must not become markup.</summary>
    private static string Plain(string text) => Terminal.Printable(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace("[", "\\[", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal);
}
