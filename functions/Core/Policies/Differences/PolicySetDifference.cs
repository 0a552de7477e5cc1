using System.Security.Cryptography;
using ScaleFunctions.Core.Policies.Schedules;

namespace ScaleFunctions.Core.Policies.Differences;

/// <summary>
/// What changes from one set of policy files to another: policy by policy, field by field, as written. Comments, the order of
/// fields and the files that policies stand in make no difference.
/// </summary>
public static class PolicySetDifference
{
    private const string Whole = "";

    /// <summary>The differences, by policy; empty when the files differ in nothing that counts.</summary>
    public static IReadOnlyList<PolicyDifference> Between(IReadOnlyList<PolicyFile> before, IReadOnlyList<PolicyFile> after)
    {
        var (old, now) = (Parts(before), Parts(after));
        return [.. old.Keys.Union(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .SelectMany(name => Between(name, old.GetValueOrDefault(name), now.GetValueOrDefault(name)))];
    }

    private static IEnumerable<PolicyDifference> Between(string name, Part? before, Part? after) => (before, after) switch
    {
        ({ Text: var old }, { Text: var now }) when old != now => [new PolicyDifference(name, Whole, old, now)],
        ({ Root: var old }, { Root: var now }) => Fields(name, old, now),
        ({ } gone, null) => [new PolicyDifference(name, Whole, gone.Text ?? "there", null)],
        (null, { } added) => [new PolicyDifference(name, Whole, null, added.Text ?? "new"), .. Fields(name, null, added.Root)],
        _ => [],
    };

    private static IEnumerable<PolicyDifference> Fields(string name, PolicyNode? before, PolicyNode? after) =>
        NodeDifference.Between("", before, after)
            .Where(each => each.Field is not ("apiVersion" or "kind" or "metadata.name"))
            .Select(each => new PolicyDifference(name, each.Field, each.Before, each.After));

    private static Dictionary<string, Part> Parts(IReadOnlyList<PolicyFile> files)
    {
        Dictionary<string, Part> parts = new(StringComparer.Ordinal);
        foreach (var file in files.OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            foreach (var (name, part) in Parts(file))
            {
                // Two of a name are an error of the files, and still two.
                var unique = name;
                for (var copy = 2; !parts.TryAdd(unique, part); copy++)
                {
                    unique = $"{name} ({copy})";
                }
            }
        }

        return parts;
    }

    private static IEnumerable<(string Name, Part Part)> Parts(PolicyFile file)
    {
        var errors = new PolicyErrors(file.Name);
        if (file.Name.EndsWith(HolidayCalendar.Ending, StringComparison.OrdinalIgnoreCase))
        {
            return [($"calendar {Last(file.Name)}", new Part(null, Mark(file)))];
        }

        var documents = ParsedDocument.ReadAll(file, errors);
        return errors.Count == 0
            ? documents.Select(document => (NameOf(document), new Part(document.Root, null)))
            : documents.Select(document => (NameOf(document), new Part(document.Root, null))).Append(($"file {Last(file.Name)}, which has errors", new Part(null, Mark(file))));
    }

    private static string NameOf(ParsedDocument document) =>
        $"{(document.Preset is null ? "" : "preset ")}{document.Kind ?? "document"} {document.Preset ?? document.Name ?? "without a name"}";

    private static string Last(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];

    private static string Mark(PolicyFile file) =>
        $"{file.Content.Span.Count((byte)'\n')} lines, SHA-256 {Convert.ToHexStringLower(SHA256.HashData(file.Content.Span))[..12]}";

    /// <summary>A document, or a file of which only the text can be compared.</summary>
    private sealed record Part(PolicyNode? Root, string? Text);
}
