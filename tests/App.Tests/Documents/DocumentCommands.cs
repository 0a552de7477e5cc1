using System.Text.RegularExpressions;
using ScaleFunctions.App.Tests.Hosting;

namespace ScaleFunctions.App.Tests.Documents;

/// <summary>
/// The commands in the fenced <c>sh</c> and <c>bash</c> blocks of README.md and docs/*.md. A comment right above a block says what
/// is special: <c>not run: reason</c>; <c>not run: `az`, `func`: reason</c> for lines with one of these words; <c>beside serve</c>
/// when a local run goes on meanwhile.
/// </summary>
internal static partial class DocumentCommands
{
    public static IReadOnlyList<string> Pages { get; } =
    [
        "README.md",
        .. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md").Select(file => $"docs/{Path.GetFileName(file)}").Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyList<DocumentCommand> Of(string page) => Read(page, File.ReadAllText(Path.Combine(Repository.Root, page)));

    public static IReadOnlyList<DocumentCommand> Read(string page, string text)
    {
        List<DocumentCommand> commands = [];
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            if (!Fence().IsMatch(lines[at]))
            {
                continue;
            }

            var marks = Marks(lines, at);
            for (at++; at < lines.Length && lines[at].Trim() != "```"; at++)
            {
                var (line, command) = (at + 1, lines[at].Trim());
                while (command.EndsWith('\\') && at + 1 < lines.Length)
                {
                    command = $"{command[..^1].TrimEnd()} {lines[++at].Trim()}";
                }

                if (command.Length > 0 && !command.StartsWith('#'))
                {
                    commands.Add(new DocumentCommand(page, line, command, WhyNot(marks, command), marks.Contains("beside serve")));
                }
            }
        }

        return commands;
    }

    /// <summary>Comments that stand directly above, with nothing but empty lines between.</summary>
    private static List<string> Marks(string[] lines, int fence)
    {
        List<string> marks = [];
        for (var at = fence - 1; at >= 0; at--)
        {
            if (Mark().Match(lines[at]) is { Success: true } match)
            {
                marks.Add(match.Groups["text"].Value);
            }
            else if (lines[at].Trim().Length > 0)
            {
                break;
            }
        }

        return marks;
    }

    private static string? WhyNot(List<string> marks, string command)
    {
        foreach (var mark in marks.Where(mark => mark.StartsWith("not run: ", StringComparison.Ordinal)))
        {
            if (Words().Match(mark) is not { Success: true } match)
            {
                return mark["not run: ".Length..];
            }

            if (match.Groups["word"].Captures.Any(word => command.Contains(word.Value, StringComparison.Ordinal)))
            {
                return match.Groups["reason"].Value;
            }
        }

        return null;
    }

    [GeneratedRegex(@"^\s*```(sh|bash)\s*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^\s*<!-- (?<text>.+?) -->\s*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Mark();

    [GeneratedRegex(@"^not run: `(?<word>[^`]+)`(, `(?<word>[^`]+)`)*: (?<reason>.+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Words();
}
