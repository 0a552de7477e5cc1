using System.Reflection;
using System.Text.RegularExpressions;

namespace ScaleFunctions.Core.Policies;

/// <summary>The presets that come with the program. They are the files of <c>policies/presets</c>.</summary>
public static partial class PolicyPresets
{
    /// <summary>What a preset's name begins with, where a policy extends one.</summary>
    public const string Prefix = "presets/";

    /// <summary>Stands before the file's name wherever a value is said to come from a preset of the program.</summary>
    private const string BuiltIn = "built-in ";

    private const string Resources = "policies/";

    /// <summary>The files, named as below a policy directory.</summary>
    public static IReadOnlyList<PolicyFile> Files { get; } =
    [
        .. typeof(PolicyPresets).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Resources + Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new PolicyFile(name[Resources.Length..], Content(typeof(PolicyPresets).Assembly, name))),
    ];

    internal static IReadOnlyList<ParsedDocument> Documents { get; } = [.. Files.SelectMany(Parse)];

    /// <summary><c>presets/strict</c> of a file named <c>…/presets/strict.yml</c>; null of any other file.</summary>
    internal static string? NameOf(string file) =>
        FilePattern().Match(file) is { Success: true } match ? Prefix + match.Groups["name"].Value : null;

    private static IReadOnlyList<ParsedDocument> Parse(PolicyFile file)
    {
        var errors = new PolicyErrors(BuiltIn + file.Name);
        var documents = ParsedDocument.ReadAll(file, errors);
        return errors.Count == 0
            ? documents
            : throw new InvalidOperationException($"a preset of the program is broken: {errors.Shown[0]}");
    }

    private static byte[] Content(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    [GeneratedRegex(@"(\A|[/\\ ])presets[/\\](?<name>[^/\\]+)\.(yml|yaml|json)\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex FilePattern();
}
