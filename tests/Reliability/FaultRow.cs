using System.Text.RegularExpressions;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>A line of the table of faults in docs/reliability.md.</summary>
/// <param name="Id">For example <c>M1</c>.</param>
/// <param name="Tests">What holds it: <c>Class.Test</c>, or <c>Class</c> for all of its tests.</param>
/// <param name="Open">What nothing holds yet, or only the Functions host answers.</param>
internal sealed partial record FaultRow(string Id, IReadOnlyList<string> Tests, string Open)
{
    public static IReadOnlyList<FaultRow> ReadAll() =>
    [
        .. File.ReadLines(Path.Combine(Built.Repository, "docs", "reliability.md"))
            .Select(line => Line().Match(line))
            .Where(match => match.Success)
            .Select(match => new FaultRow(
                match.Groups["id"].Value, [.. Quoted().Matches(match.Groups["tests"].Value).Select(name => name.Groups["name"].Value)],
                match.Groups["open"].Value)),
    ];

    [GeneratedRegex(@"^\| (?<id>[MACETFB]\d+) \| [^|]+ \| (?<tests>[^|]*) \| (?<open>[^|]*) \|$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Line();

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Quoted();
}
