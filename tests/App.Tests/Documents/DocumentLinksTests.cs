using System.Text.RegularExpressions;
using ScaleFunctions.App.Tests.Hosting;

namespace ScaleFunctions.App.Tests.Documents;

/// <summary>Pages are found from the first one, and lead to files and sections that are there.</summary>
public sealed partial class DocumentLinksTests
{
    public static TheoryData<string> Pages => [.. DocumentCommands.Pages, "CONTRIBUTING.md", "CHANGELOG.md"];

    [Fact]
    public void The_first_page_leads_to_each_document() => Assert.Equal(
        [],
        DocumentCommands.Pages.Except(["README.md", "docs/README.md"]).Except(Links("README.md").Select(link => link.Split('#')[0])));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_leads_somewhere(string page)
    {
        foreach (var link in Links(page))
        {
            var (target, section) = link.Split('#') is [var file, var name] ? (file, name) : (link, "");
            var path = target.Length == 0 ? page : Path.Join(Path.GetDirectoryName(page), target);
            var full = Path.GetFullPath(Path.Combine(Repository.Root, path));
            Assert.True(File.Exists(full) || Directory.Exists(full), $"{page}: {link} leads to nothing");
            Assert.True(section.Length == 0 || !full.EndsWith(".md", StringComparison.Ordinal) || Sections(File.ReadAllText(full)).Contains(section), $"{page}: {link} leads to no section");
        }
    }

    [Fact]
    public void Sections_are_called_as_git_hub_calls_them() => Assert.Equal(
        ["one-two", "what-it-does-not-do-applys-way", "one-two-1"],
        Sections("# One *two*\n\ntext\n\n## What it does not do: [`apply`](x.md)'s way\n```sh\n# a comment\n```\n### One two\n"));

    /// <summary>Those within the repository.</summary>
    private static IEnumerable<string> Links(string page) => Link().Matches(Fenced().Replace(File.ReadAllText(Path.Combine(Repository.Root, page)), ""))
        .Select(match => match.Groups["to"].Value).Where(to => !to.Contains("://", StringComparison.Ordinal));

    /// <summary>What links call the headings of a page.</summary>
    private static List<string> Sections(string text)
    {
        List<string> sections = [];
        Dictionary<string, int> times = [];
        foreach (var heading in Heading().Matches(Fenced().Replace(text.ReplaceLineEndings("\n"), "")).Select(match => match.Groups["text"].Value))
        {
            var name = NotInNames().Replace(Linked().Replace(heading, "${text}").Trim().ToLowerInvariant(), "").Replace(' ', '-');
            var before = times.GetValueOrDefault(name);
            times[name] = before + 1;
            sections.Add(before == 0 ? name : $"{name}-{before}");
        }

        return sections;
    }

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Link();

    [GeneratedRegex(@"^\s*```.*?^\s*```", RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.Multiline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Fenced();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[(?<text>[^\]]*)\]\([^)]*\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Linked();

    [GeneratedRegex(@"[^\p{L}\p{N}_\- ]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex NotInNames();
}
