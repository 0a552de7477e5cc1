using System.Text.RegularExpressions;

namespace ScaleFunctions.Security.Tests;

/// <summary>A line of <c>checklist.md</c>.</summary>
/// <param name="Id">For example <c>S01</c>.</param>
/// <param name="Tests">What holds it: <c>Project.Class.Test</c>, or <c>Project.Class</c> for all of its tests.</param>
/// <param name="Steps">Steps of the command that hold it, and that only <c>--full</c> takes where they are long.</param>
/// <param name="Open"><c>HOST: …</c>, what only the Functions host answers; <c>PART: …</c>, what the check leaves out; or nothing.</param>
internal sealed partial record ChecklistRow(string Id, IReadOnlyList<string> Tests, IReadOnlyList<string> Steps, string Open)
{
    public static IReadOnlyList<ChecklistRow> ReadAll() =>
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "tests", "Security", "checklist.md"))
            .Select(line => Line().Match(line))
            .Where(match => match.Success)
            .Select(match => (match, Names: Quoted().Matches(match.Groups["held"].Value).Select(name => name.Groups["name"].Value).ToList()))
            .Select(each => new ChecklistRow(
                each.match.Groups["id"].Value, [.. each.Names.Where(name => !IsStep(name))], [.. each.Names.Where(IsStep).Select(name => name["step ".Length..])],
                each.match.Groups["open"].Value.Trim())),
    ];

    private static bool IsStep(string name) => name.StartsWith("step ", StringComparison.Ordinal);

    [GeneratedRegex(@"^\| (?<id>S\d\d) \| [^|]+ \| (?<held>[^|]*) \| (?<open>[^|]*) \|$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Line();

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Quoted();
}
