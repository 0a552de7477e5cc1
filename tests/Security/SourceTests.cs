using System.Text.RegularExpressions;

namespace ScaleFunctions.Security.Tests;

/// <summary>What must, and must not, stand in the sources.</summary>
public sealed partial class SourceTests
{
    /// <summary>The sandbox plays Azure, which deletes, asks for tokens and keys; it is never built hosted.</summary>
    private static readonly string[] Ours = ["Core", "Adapters", "App"];

    public static TheoryData<string> Rules => [.. SourceRule.All.Select(rule => rule.Name)];

    public static TheoryData<string, string> Breakages => [.. SourceRule.All.SelectMany(rule => rule.Breakages.Select(line => new TheoryDataRow<string, string>(rule.Name, line)))];

    [Theory]
    [MemberData(nameof(Rules))]
    public void What_must_not_be_is_not_there(string name)
    {
        var files = Sources.Read(Ours);
        Assert.InRange(files.Count, 300, 5_000);

        Assert.Empty(SourceRule.All.Single(rule => rule.Name == name).Findings(files));
    }

    [Theory]
    [MemberData(nameof(Breakages))]
    public void Each_rule_notices_a_breakage(string name, string line)
    {
        var rule = SourceRule.All.Single(each => each.Name == name);

        Assert.Single(rule.Findings([("Some.cs", $"class Some\n{{\n    {line}\n}}")]));
        Assert.Empty(rule.Findings([("Some.cs", $"    // {line}")]));
    }

    [Fact]
    public void Every_regular_expression_ends_in_time() => Assert.Empty(Sources.Read().SelectMany(file => Endless(file.Path, file.Text)));

    [Theory]
    [InlineData("[GeneratedRegex(\"(a+)+$\")]")]
    [InlineData("[GeneratedRegex(\"(a+)+$\", RegexOptions.ExplicitCapture)]")]
    [InlineData("[GeneratedRegex(\n        @\"a\\\"b;\",\n        RegexOptions.IgnoreCase)]")]
    [InlineData("var regex = new Regex(text);")]
    [InlineData("var regex = new Regex(text, RegexOptions.IgnoreCase);")]
    [InlineData("if (Regex.IsMatch(name, pattern))")]
    [InlineData("Regex.Replace(name, pattern, \"\")")]
    public void One_that_may_go_on_for_ever_would_be_noticed(string code) => Assert.Single(Endless("Some.cs", code));

    [Theory]
    [InlineData("[GeneratedRegex(\"(a+)+$\", RegexOptions.NonBacktracking)]")]
    [InlineData("[GeneratedRegex(\"(a+)+$\", RegexOptions.ExplicitCapture, 1000)]")]
    [InlineData("[GeneratedRegex(\"(a+)+$\", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]")]
    [InlineData("new Regex(text, RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1))")]
    public void One_that_ends_in_time_passes(string code) => Assert.Empty(Endless("Some.cs", code));

    /// <summary>What others' code matches, and what a rule above misses.</summary>
    [Fact]
    public void The_program_sets_a_timeout_for_all_regular_expressions_before_anything_else()
    {
        var program = File.ReadAllText(Path.Combine(Repository.Root, "functions", "App", "Program.cs"));
        var statements = program.Split('\n').Where(line => line.Length > 0 && !line.StartsWith("using ", StringComparison.Ordinal) && !line.TrimStart().StartsWith("//", StringComparison.Ordinal));

        Assert.Matches(Default(), statements.First());
    }

    /// <summary>Uses of <c>Regex</c> whose arguments name neither a timeout nor matching without going back.</summary>
    private static IEnumerable<string> Endless(string path, string text)
    {
        foreach (Match use in Use().Matches(text))
        {
            var arguments = Arguments(text, use.Index + use.Length);
            if (!arguments.Contains("NonBacktracking", StringComparison.Ordinal) && !Timeout().IsMatch(arguments))
            {
                yield return $"{path}: {use.Value}{arguments}";
            }
        }
    }

    /// <summary>The text up to the bracket that closes; what stands in quotes is left out.</summary>
    private static string Arguments(string text, int from)
    {
        var (depth, quoted, verbatim, kept) = (1, false, false, new System.Text.StringBuilder());
        for (var at = from; at < text.Length && depth > 0; at++)
        {
            var letter = text[at];
            if (quoted)
            {
                if (!verbatim && letter == '\\')
                {
                    at++;
                }
                else if (letter == '"' && verbatim && at + 1 < text.Length && text[at + 1] == '"')
                {
                    at++;
                }
                else
                {
                    quoted = letter != '"';
                }

                continue;
            }

            (quoted, verbatim) = letter == '"' ? (true, at > 0 && (text[at - 1] == '@' || (at > 1 && text[at - 2] == '@'))) : (false, false);
            depth += letter is '(' ? 1 : letter is ')' ? -1 : 0;
            kept.Append(letter);
        }

        return kept.ToString();
    }

    [GeneratedRegex(@"\bGeneratedRegex\(|\bnew Regex\(|\bRegex\.(IsMatch|Match|Matches|Replace|Split|Count|EnumerateMatches)\(", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Use();

    [GeneratedRegex(@"matchTimeout|TimeSpan\.From|,\s*[0-9_]{3,}\s*\)|timeout|Patience", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Timeout();

    [GeneratedRegex("^AppContext\\.SetData\\(\"REGEX_DEFAULT_MATCH_TIMEOUT\", TimeSpan\\.FromSeconds\\([0-9]+\\)\\);", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Default();
}
