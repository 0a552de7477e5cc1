namespace ScaleFunctions.Core.Policies;

/// <summary>
/// The text of one document of a file, and the number of its first line. Documents are cut apart before parsing, so that a
/// syntax error in one leaves the others readable.
/// </summary>
internal sealed record PolicyDocumentText(string Text, int FirstLine)
{
    /// <summary>Whether there is nothing but blanks, comments and markers, so that no parser needs to look.</summary>
    public bool IsEmpty
    {
        get
        {
            foreach (var line in Text.AsSpan().EnumerateLines())
            {
                var content = (line.StartsWith("---") ? line[3..] : line).Trim();
                if (content.Length > 0 && content[0] != '#')
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>
    /// Cuts at lines that begin with <c>---</c> or consist of <c>...</c>. YAML allows these nowhere but between documents:
    /// inside quotes and block text they end the document as well.
    /// </summary>
    public static IEnumerable<PolicyDocumentText> Split(string text)
    {
        var (start, firstLine, line, at) = (0, 1, 1, 0);
        while (at < text.Length)
        {
            var lineBreak = text.IndexOf('\n', at);
            var next = lineBreak < 0 ? text.Length : lineBreak + 1;
            var content = text.AsSpan(at, next - at);
            if (IsStart(content) && at > start)
            {
                yield return new PolicyDocumentText(text[start..at], firstLine);
                (start, firstLine) = (at, line);
            }
            else if (IsEnd(content))
            {
                yield return new PolicyDocumentText(text[start..at], firstLine);
                (start, firstLine) = (next, line + 1);
            }

            (at, line) = (next, line + 1);
        }

        yield return new PolicyDocumentText(text[start..], firstLine);
    }

    private static bool IsStart(ReadOnlySpan<char> line) =>
        line.StartsWith("---") && (line.Length == 3 || line[3] is ' ' or '\t' or '\r' or '\n');

    private static bool IsEnd(ReadOnlySpan<char> line)
    {
        var rest = line.StartsWith("...") ? line[3..] : "?";
        return rest.IsWhiteSpace() || (rest[0] is ' ' or '\t' && rest.TrimStart()[0] == '#');
    }
}
