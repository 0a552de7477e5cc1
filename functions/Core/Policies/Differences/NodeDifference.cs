using System.Globalization;

namespace ScaleFunctions.Core.Policies.Differences;

/// <summary>Where two pieces of policies differ, field by field.</summary>
internal static class NodeDifference
{
    /// <summary>The field by which items of a list are known, so that one more of them does not change all behind it.</summary>
    private const string ItemName = "name";

    public static IEnumerable<(string Field, string? Before, string? After)> Between(string field, PolicyNode? before, PolicyNode? after) => (before, after) switch
    {
        (PolicyNode.Mapping or null, PolicyNode.Mapping or null) =>
            Each(Fields(before), Fields(after), name => field.Length == 0 ? name : $"{field}.{name}"),
        (PolicyNode.Sequence one, PolicyNode.Sequence other) when Items(one) is { } old && Items(other) is { } now =>
            Each(old, now, name => $"{field}[{name}]"),
        (PolicyNode.Sequence one, PolicyNode.Sequence other) when one.Items.Concat(other.Items).Any(item => item is not PolicyNode.Scalar) =>
            Unnamed(field, one, other),
        _ => Text(before) == Text(after) ? [] : [(field, Text(before), Text(after))],
    };

    private static IEnumerable<(string Field, string? Before, string? After)> Each(
        IReadOnlyList<KeyValuePair<string, PolicyNode>> before, IReadOnlyList<KeyValuePair<string, PolicyNode>> after, Func<string, string> path) =>
        before.Select(each => each.Key).Union(after.Select(each => each.Key), StringComparer.Ordinal)
            .SelectMany(name => Between(path(name), Find(before, name), Find(after, name)));

    private static PolicyNode? Find(IReadOnlyList<KeyValuePair<string, PolicyNode>> fields, string name) => fields.FirstOrDefault(field => field.Key == name).Value;

    private static IReadOnlyList<KeyValuePair<string, PolicyNode>> Fields(PolicyNode? node) =>
        node is PolicyNode.Mapping mapping ? [.. mapping.Fields.Select(field => KeyValuePair.Create(field.Key.Text, field.Value))] : [];

    /// <summary>The items by their names; nothing when one has none, or shares it.</summary>
    private static List<KeyValuePair<string, PolicyNode>>? Items(PolicyNode.Sequence list)
    {
        var named = list.Items.Select(item => KeyValuePair.Create(((item as PolicyNode.Mapping)?[ItemName] as PolicyNode.Scalar)?.Text ?? "", item)).ToList();
        return named.TrueForAll(item => item.Key.Length > 0) && named.DistinctBy(item => item.Key, StringComparer.Ordinal).Count() == named.Count ? named : null;
    }

    /// <summary>Items without names: those that are gone beside those that are new, and the order when that is all.</summary>
    private static IEnumerable<(string Field, string? Before, string? After)> Unnamed(string field, PolicyNode.Sequence before, PolicyNode.Sequence after)
    {
        var (old, now) = (before.Items.Select(Text).ToList(), after.Items.Select(Text).ToList());
        var (gone, added) = (Without(old, now), Without(now, old));
        if (gone.Count == 0 && added.Count == 0)
        {
            return old.SequenceEqual(now, StringComparer.Ordinal) ? [] : [(field, Text(before), Text(after))];
        }

        return Enumerable.Range(0, Math.Max(gone.Count, added.Count)).Select(i => ($"{field}[]", gone.ElementAtOrDefault(i), added.ElementAtOrDefault(i)));
    }

    /// <summary>What is left of some when each of the others takes one like it away.</summary>
    private static List<string?> Without(IEnumerable<string?> some, IEnumerable<string?> others)
    {
        var left = others.ToList();
        return [.. some.Where(each => !left.Remove(each))];
    }

    private static string? Text(PolicyNode? node) => node switch
    {
        null => null,
        PolicyNode.Scalar scalar => scalar.IsQuoted && IsReadOtherwise(scalar.Text) ? $"\"{scalar.Text}\"" : scalar.Text,
        PolicyNode.Sequence list => $"[{string.Join(", ", list.Items.Select(Text))}]",
        PolicyNode.Mapping mapping => $"{{ {string.Join(", ", mapping.Fields.Select(field => $"{field.Key.Text}: {Text(field.Value)}"))} }}",
        _ => throw new InvalidOperationException("a case of PolicyNode is missing here"),
    };

    /// <summary>Whether quotes make a text of what would be a number, a boolean or nothing.</summary>
    private static bool IsReadOtherwise(string text) =>
        text.Length == 0 || text is "~" || bool.TryParse(text, out _) || text.Equals("null", StringComparison.OrdinalIgnoreCase)
        || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
