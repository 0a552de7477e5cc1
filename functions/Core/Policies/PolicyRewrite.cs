using System.Globalization;

namespace ScaleFunctions.Core.Policies;

/// <summary>
/// Writes the policies of one workload anew, with some values changed: as one file that stands alone, so what they extend is
/// written out. Comments are not kept.
/// </summary>
public static class PolicyRewrite
{
    private const string Extends = "extends";

    /// <summary>The documents, or nothing when the workload is not found. The files must be free of errors.</summary>
    public static string? Of(IReadOnlyList<PolicyFile> files, string workload, IReadOnlyList<PolicyChange> changes)
    {
        var parsed = files.SelectMany(file => ParsedDocument.ReadAll(file, new PolicyErrors(file.Name))).ToList();
        var inheritance = new PolicyInheritance(parsed);
        var own = parsed.Where(document => IsOf(document, workload)).OrderBy(document => Order.IndexOf(document.Kind!)).ToList();
        return own.Count == 0 ? null : string.Join("---\n", own.Select(document =>
            NodeText.Of(changes.Where(change => change.Kind == document.Kind).Aggregate(
                WithoutExtends(inheritance.Merge(document).Root), (root, change) => Set(root, change.Path, change.Value)))));
    }

    /// <summary>Whether all documents of a file are of the workload, so that rewriting them loses nothing else.</summary>
    public static bool HoldsOnly(PolicyFile file, string workload) =>
        ParsedDocument.ReadAll(file, new PolicyErrors(file.Name)).All(document => IsOf(document, workload));

    private static readonly List<string> Order = [WorkloadBinding.Kind, HorizontalScalingBinding.Kind, LoadBasedScalingBinding.Kind];

    private static bool IsOf(ParsedDocument document, string workload) => document.Kind switch
    {
        WorkloadBinding.Kind => document.Name == workload,
        HorizontalScalingBinding.Kind or LoadBasedScalingBinding.Kind => (document.Spec?["workload"] as PolicyNode.Scalar)?.Text == workload,
        _ => false,
    };

    private static PolicyNode WithoutExtends(PolicyNode root) => root is PolicyNode.Mapping mapping && mapping["spec"] is PolicyNode.Mapping spec
        ? With(mapping, "spec", spec with { Fields = [.. spec.Fields.Where(field => field.Key.Text != Extends)] })
        : root;

    private static PolicyNode Set(PolicyNode node, IReadOnlyList<string> path, string value)
    {
        if (path.Count == 0)
        {
            return new PolicyNode.Scalar(value, IsQuoted: false, node.Source);
        }

        return node switch
        {
            PolicyNode.Sequence sequence => sequence with
            {
                Items = [.. sequence.Items.Select((item, index) =>
                    index == int.Parse(path[0], CultureInfo.InvariantCulture) ? Set(item, [.. path.Skip(1)], value) : item)],
            },
            PolicyNode.Mapping mapping => With(mapping, path[0], Set(mapping[path[0]] ?? new PolicyNode.Mapping([], node.Source), [.. path.Skip(1)], value)),
            _ => Set(new PolicyNode.Mapping([], node.Source), path, value),
        };
    }

    private static PolicyNode.Mapping With(PolicyNode.Mapping mapping, string name, PolicyNode value) => mapping with
    {
        Fields = mapping[name] is null
            ? [.. mapping.Fields, KeyValuePair.Create(new PolicyNode.Scalar(name, IsQuoted: false, mapping.Source), value)]
            : [.. mapping.Fields.Select(field => field.Key.Text == name ? KeyValuePair.Create(field.Key, value) : field)],
    };
}
