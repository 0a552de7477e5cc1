using System.Text.RegularExpressions;

namespace ScaleFunctions.Security.Tests;

/// <summary>The tests there are, by their sources: <c>Project.Class</c> and <c>Project.Class.Test</c>. A file has one class of tests.</summary>
internal static partial class NamedTests
{
    public static IReadOnlySet<string> Read()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var tests = Path.Combine(Repository.Root, "tests");
        foreach (var file in Directory.EnumerateFiles(tests, "*Tests.cs", SearchOption.AllDirectories))
        {
            var parts = Path.GetRelativePath(tests, file).Split(Path.DirectorySeparatorChar);
            if (!parts.Any(part => part is "bin" or "obj" or "node_modules") && Class().Match(File.ReadAllText(file)) is { Success: true } type)
            {
                var owner = $"{parts[0].Replace(".Tests", "", StringComparison.Ordinal)}.{type.Groups["name"].Value}";
                names.Add(owner);
                names.UnionWith(Test().Matches(File.ReadAllText(file)).Select(test => $"{owner}.{test.Groups["name"].Value}"));
            }
        }

        return names;
    }

    [GeneratedRegex(@"^(public|internal) (sealed |abstract |partial )*class (?<name>\w+Tests)\b", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Class();

    // An attribute, further ones such as [InlineData], and the method they stand above.
    [GeneratedRegex(@"^    \[(Fact|Theory)[^\n]*\n(    [ \[\])/][^\n]*\n)*    public (async )?(Task|ValueTask|void) (?<name>\w+)\(", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Test();
}
