using System.Text.Encodings.Web;
using System.Text.Json;

namespace ScaleFunctions.Core.Policies;

/// <summary>Writes a piece of a policy as YAML that reads back as the same piece.</summary>
internal static class NodeText
{
    private const string Deeper = "  ";

    /// <summary>Letters that would end, begin or quote something in a plain value.</summary>
    private static readonly string[] Unsafe = [": ", " #", "\n", "\r", "\t"];

    public static string Of(PolicyNode root) => string.Concat(Lines(root).Select(line => $"{line}\n"));

    private static IEnumerable<string> Lines(PolicyNode node) => node switch
    {
        PolicyNode.Mapping { Fields.Count: > 0 } mapping => mapping.Fields.SelectMany(field => Under($"{Text(field.Key)}:", field.Value, isItem: false)),
        PolicyNode.Sequence { Items.Count: > 0 } sequence => sequence.Items.SelectMany(item => Under("-", item, isItem: true)),
        _ => [Short(node)],
    };

    /// <summary>What belongs under a key or a dash; the fields of an item begin beside its dash.</summary>
    private static IEnumerable<string> Under(string head, PolicyNode value, bool isItem)
    {
        if (value is PolicyNode.Scalar or PolicyNode.Mapping { Fields.Count: 0 } or PolicyNode.Sequence { Items.Count: 0 })
        {
            return [$"{head} {Short(value)}"];
        }

        var lines = Lines(value).ToList();
        return isItem
            ? lines.Select((line, index) => index == 0 ? $"{head} {line}" : $"{Deeper}{line}")
            : lines.Select(line => $"{Deeper}{line}").Prepend(head);
    }

    private static string Short(PolicyNode node) => node switch
    {
        PolicyNode.Mapping => "{}",
        PolicyNode.Sequence => "[]",
        PolicyNode.Scalar { Text: "", IsQuoted: false } => "null",
        PolicyNode.Scalar scalar => Text(scalar),
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    /// <summary>What was quoted stays so, because only a plain value can be a number or a boolean.</summary>
    private static string Text(PolicyNode.Scalar scalar) => scalar.IsQuoted || !IsPlain(scalar.Text)
        ? $"\"{JsonEncodedText.Encode(scalar.Text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\""
        : scalar.Text;

    private static bool IsPlain(string text) => text.Length > 0 && (char.IsLetterOrDigit(text[0]) || text[0] is '/' or '$' or '~' or '.' or '-')
        && text is not ("-" or "---" or "...") && !text.EndsWith(':') && text == text.Trim() && !Array.Exists(Unsafe, part => text.Contains(part, StringComparison.Ordinal))
        && (text[0] != '-' || char.IsDigit(text.ElementAtOrDefault(1)));
}
