using System.Text.RegularExpressions;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>The tests there are, by their sources.</summary>
internal sealed partial class TestSources
{
    private readonly HashSet<string> _names;

    private TestSources(HashSet<string> names) => _names = names;

    /// <summary>Reads every file below a directory; a file has one class of tests.</summary>
    public static TestSources Read(string directory)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(directory, "*.cs", SearchOption.AllDirectories).Where(IsSource))
        {
            var text = File.ReadAllText(file);
            if (Class().Match(text) is { Success: true } type && HasTests(text))
            {
                names.Add(type.Groups["name"].Value);
                names.UnionWith(Test().Matches(text).Select(test => $"{type.Groups["name"].Value}.{test.Groups["name"].Value}"));
            }
        }

        return new TestSources(names);
    }

    /// <param name="test"><c>Class.Test</c>, or <c>Class</c>.</param>
    public bool Has(string test) => _names.Contains(test);

    // A class without tests of its own inherits those of a contract.
    private static bool HasTests(string text) =>
        text.Contains("[Fact", StringComparison.Ordinal) || text.Contains("[Theory", StringComparison.Ordinal) || text.Contains("Contract", StringComparison.Ordinal);

    private static bool IsSource(string file) =>
        !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules");

    [GeneratedRegex(@"^(public|internal) (sealed |abstract |partial )*class (?<name>\w+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Class();

    // An attribute, further ones such as [InlineData], and the method they stand above.
    [GeneratedRegex(@"^    \[(Fact|Theory)[^\n]*\n(    [ \[\])/][^\n]*\n)*    public (async )?(Task|ValueTask|void) (?<name>\w+)\(", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Test();
}
