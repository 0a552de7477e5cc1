using System.Text.RegularExpressions;

namespace ScaleFunctions.Core.Tests.ArchitectureTests;

/// <summary>Each folder says what it is, in a row of the README of the folder it is in.</summary>
public sealed partial class FolderTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Sources.Core, "..", ".."));

    /// <summary>What is made or fetched; the rest is in the repository.</summary>
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts"];

    public static TheoryData<string> Explained => ["functions/Core", "functions/Adapters", "functions/App", "functions/Sandbox", "bicep", "policies", "docs", "tests"];

    [Theory]
    [MemberData(nameof(Explained))]
    public void Every_folder_has_a_row_and_every_row_a_folder(string top)
    {
        var rows = Rows(File.ReadAllText(Path.Combine(Root, top, "README.md")));

        Assert.Equal(rows.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
        Assert.Equal([], Folders(top).Where(folder => NeedsRow(top, folder)).Except(rows, StringComparer.Ordinal));
        Assert.Equal([], rows.Where(row => !Directory.Exists(Path.Combine(Root, top, row))));
        Assert.Equal([], rows.Where(row => !NeedsRow(top, row)));
    }

    /// <summary>The folders that have such a README are those that the guide for contributors names.</summary>
    [Fact]
    public void The_guide_says_what_each_folder_at_the_top_is()
    {
        var rows = Rows(File.ReadAllText(Path.Combine(Root, "CONTRIBUTING.md")));
        var tops = Directory.EnumerateDirectories(Root).Select(path => Path.GetFileName(path)!)
            .Where(name => !NotOurs.Contains(name) && (!name.StartsWith('.') || name is ".ci"))
            .SelectMany(name => name == "functions" ? Directory.EnumerateDirectories(Path.Combine(Root, name)).Select(path => $"functions/{Path.GetFileName(path)}") : [name])
            .Concat([".github/workflows", ".github/scripts"]);

        Assert.Equal(tops.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_row_is_a_link_to_the_folder_it_names() => Assert.Equal(
        ["Arm", "Storage/Tables"],
        Rows("| Folder | Says |\n| --- | --- |\n| [`Arm`](Arm) | one |\n| [`Storage/Tables`](Storage/Tables) | two |\n| [`Other`](Arm) | no |\n| [`Empty`](Empty) |  |\nsee [`Queues`](Queues)"));

    /// <summary>
    /// A function's folder is named after it; expected output and samples need no words; tests are where
    /// the code is that they test.
    /// </summary>
    private static bool NeedsRow(string top, string folder)
    {
        var parts = folder.Split('/');
        return !parts.Contains("Golden") && !parts.SkipLast(1).Contains("Samples")
            && !(top == "functions/App" && parts is ["Functions", _])
            && !(top == "tests" && parts is [var project, _, ..] && project.EndsWith(".Tests", StringComparison.Ordinal)
                && Directory.Exists(Path.Combine([Root, "functions", project[..^".Tests".Length], .. parts.Skip(1)])));
    }

    private static IEnumerable<string> Folders(string top)
    {
        var start = Path.Combine(Root, top);
        return Directory.EnumerateDirectories(start, "*", SearchOption.AllDirectories)
            .Where(path => Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Any())
            .Select(path => Path.GetRelativePath(start, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => NotOurs.Contains(part) || part.StartsWith('.')));
    }

    private static List<string> Rows(string text) => [.. Row().Matches(text).Select(match => match.Groups["folder"].Value)];

    [GeneratedRegex(@"^\| \[`(?<folder>[^`]+)`\]\(\k<folder>\) \| \S", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();
}
