namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>Has Terraform leave an attribute alone: adds it to <c>ignore_changes</c>, and that to the block's lifecycle, whatever of it is there.</summary>
internal static class LifecycleEdit
{
    private const string List = "ignore_changes";

    /// <summary>Whether the block leaves the attribute alone already.</summary>
    /// <param name="file">The file.</param>
    /// <param name="resource">The block.</param>
    /// <param name="names">The attribute, and names of what it is part of.</param>
    public static bool Ignores(CodeFile file, HclBlock resource, IEnumerable<string> names)
    {
        if (resource.Body.Block("lifecycle")?.Body.Attribute(List) is not { } list)
        {
            return false;
        }

        var ignored = Elements(file.Text, list).Select(each => each.Text.Replace(" ", "", StringComparison.Ordinal).Trim('"')).ToList();
        return list.Value(file.Text).Trim('"') == "all" || names.Any(ignored.Contains);
    }

    /// <summary>The change of the file; empty when the block is written in a way that a person has to change.</summary>
    public static IReadOnlyList<TextEdit> Of(CodeFile file, HclBlock resource, string ignored)
    {
        if (resource.Body.Block("lifecycle") is not { } lifecycle)
        {
            return NewBlock(file, resource, ignored);
        }

        if (lifecycle.Body.Attribute(List) is { } list)
        {
            return file.Text[list.ValueStart] == '[' ? [Longer(file, list, ignored)] : [];
        }

        var indent = file.IndentAt(lifecycle.Start);
        var line = $"{indent}{Step(file, resource)}{List} = [{ignored}]{file.NewLine}";
        return IsOnOneLine(file, lifecycle)
            ? [new TextEdit(lifecycle.Open, lifecycle.Close + 1 - lifecycle.Open, $"{{{file.NewLine}{Others(file, lifecycle, indent + Step(file, resource))}{line}{indent}}}")]
            : [new TextEdit(file.LineStart(lifecycle.Close), 0, line)];
    }

    private static IReadOnlyList<TextEdit> NewBlock(CodeFile file, HclBlock resource, string ignored)
    {
        if (IsOnOneLine(file, resource) || file.Text[file.LineStart(resource.Close)..resource.Close].Trim().Length > 0)
        {
            return [];
        }

        var (step, end) = (Step(file, resource), file.NewLine);
        var indent = file.IndentAt(resource.Start) + step;
        return [new TextEdit(file.LineStart(resource.Close), 0, $"{end}{indent}lifecycle {{{end}{indent}{step}{List} = [{ignored}]{end}{indent}}}{end}")];
    }

    /// <summary>Puts an element behind the last one of a list, in the way the list is written.</summary>
    private static TextEdit Longer(CodeFile file, CodeAttribute list, string ignored)
    {
        if (Elements(file.Text, list) is not [.., var last])
        {
            return new TextEdit(list.ValueStart, list.ValueEnd - list.ValueStart, $"[{ignored}]");
        }

        var rest = file.Text[last.End..list.ValueEnd];
        var hasComma = rest.TrimStart().StartsWith(',');
        var indent = file.IndentAt(last.Start);
        var isOnALineOfItsOwn = file.Text[file.LineStart(last.Start)..last.Start].Trim().Length == 0;
        if (!isOnALineOfItsOwn)
        {
            return new TextEdit(last.End, hasComma ? rest.IndexOf(',', StringComparison.Ordinal) + 1 : 0, $", {ignored}");
        }

        // A comment behind the last element stays behind it.
        var lineEnd = file.NextLine(last.End);
        var tail = file.Text[last.End..lineEnd];
        var line = $"{indent}{ignored},{file.NewLine}";
        return lineEnd > list.ValueEnd - 1
            ? new TextEdit(last.End, 0, $", {ignored}")
            : new TextEdit(last.End, tail.Length, $"{(hasComma ? "" : ",")}{tail}{line}");
    }

    private static string Others(CodeFile file, HclBlock lifecycle, string indent) => string.Concat(
        lifecycle.Body.Attributes.Select(each => $"{indent}{each.Name} = {each.Value(file.Text)}{file.NewLine}"));

    private static bool IsOnOneLine(CodeFile file, HclBlock block) => file.LineAt(block.Open) == file.LineAt(block.Close);

    /// <summary>How much further in the lines of the block are.</summary>
    private static string Step(CodeFile file, HclBlock resource)
    {
        var outer = file.IndentAt(resource.Start);
        var first = resource.Body.Attributes.Select(each => each.Start).Concat(resource.Body.Blocks.Select(each => each.Start)).DefaultIfEmpty(resource.Start).Min();
        var inner = file.IndentAt(first);
        return inner.Length > outer.Length && inner.StartsWith(outer, StringComparison.Ordinal) ? inner[outer.Length..] : "  ";
    }

    private static List<(string Text, int Start, int End)> Elements(string text, CodeAttribute list)
    {
        List<(string, int, int)> elements = [];
        if (text[list.ValueStart] != '[')
        {
            return elements;
        }

        var start = -1;
        var (end, depth) = (list.ValueEnd - 1, 0);
        for (var at = list.ValueStart + 1; at <= end; at++)
        {
            var letter = text[at];
            var comment = letter == '#' || (letter == '/' && text[at + 1] is '/' or '*');
            if ((at == end || comment || (depth == 0 && letter is ',' or '\n')) && start >= 0)
            {
                var element = text[start..at].TrimEnd();
                elements.Add((element, start, start + element.Length));
                start = -1;
            }

            if (comment)
            {
                var isLong = text[at + 1] == '*';
                var close = isLong ? text.IndexOf("*/", at, StringComparison.Ordinal) + 1 : text.IndexOf('\n', at);
                at = close < at ? end : close;
            }
            else if (at < end && start < 0 && !char.IsWhiteSpace(letter) && letter != ',')
            {
                start = at;
            }

            depth += letter == '[' ? 1 : letter == ']' ? -1 : 0;
        }

        return elements;
    }
}
