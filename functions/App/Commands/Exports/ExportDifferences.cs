namespace ScaleFunctions.App.Commands.Exports;

/// <summary>What an artifact says otherwise than the policies do.</summary>
internal static class ExportDifferences
{
    /// <summary>More would bury the first.</summary>
    private const int Most = 20;

    /// <summary>Nothing when both are the same, byte for byte.</summary>
    /// <param name="path">Of the artifact, for messages.</param>
    /// <param name="there">Its text.</param>
    /// <param name="wanted">The text it should have.</param>
    public static IReadOnlyList<string> Of(string path, string there, string wanted)
    {
        if (there == wanted)
        {
            return [];
        }

        if (PolicyExports.Read(wanted) is not { } now)
        {
            return [$"{path} is not as this program writes it"];
        }

        if (PolicyExports.Read(there) is not { } before)
        {
            return [$"{path} is no artifact of 'export'"];
        }

        var (old, current) = (Values(before), Values(now));
        List<string> differences =
        [
            .. current.Where(each => !old.ContainsKey(each.Key)).Select(each => $"{path}: {each.Key} is missing; the policies say {Quote(each.Value.Value)} ({each.Value.From})"),
            .. old.Where(each => !current.ContainsKey(each.Key)).Select(each => $"{path}: {each.Key} is no longer said by the policies"),
            .. current.Where(each => old.TryGetValue(each.Key, out var was) && was.Value != each.Value.Value)
                .Select(each => $"{path}: {each.Key} is {Quote(old[each.Key].Value)}; the policies say {Quote(each.Value.Value)} ({each.Value.From})"),
        ];
        return differences switch
        {
            [] when before.PolicyHash != now.PolicyHash => [$"{path}: the values are the same, the files are not ({Files(before, now)})"],
            [] => [$"{path}: the values are the same, the text is not"],
            { Count: > Most } => [.. differences.Take(Most), $"{path}: and {differences.Count - Most} more"],
            _ => differences,
        };
    }

    private static string Quote(string value) => $"'{value}'";

    private static string Files(PolicyExport before, PolicyExport now) =>
        string.Join(", ", now.Files.Except(before.Files).Concat(before.Files.Except(now.Files)).Select(file => file.Name).Distinct().Order(StringComparer.Ordinal));

    private static Dictionary<string, (string Value, string From)> Values(PolicyExport export)
    {
        var values = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        foreach (var workload in export.Workloads)
        {
            values[$"{workload.Name} select"] = (workload.Select, workload.Name);
            Add($"{workload.Name} ", workload.Policies);
        }

        Add("", export.Estate);
        return values;

        void Add(string owner, IReadOnlyList<ExportedPolicy> policies)
        {
            foreach (var (policy, value) in policies.SelectMany(policy => policy.Values.Select(value => (policy, value))))
            {
                var key = $"{owner}{policy.Kind} {policy.Name} {value.Field}";
                for (var twin = 2; !values.TryAdd(key, (value.Value, value.From)); twin++)
                {
                    // Freezes have one field each, and one name together.
                    key = $"{owner}{policy.Kind} {policy.Name} {value.Field} ({twin})";
                }
            }
        }
    }
}
