namespace ScaleFunctions.Core.Policies;

/// <summary>Says a YAML parser's complaint in the words of someone who writes a policy.</summary>
internal static class SyntaxErrorText
{
    /// <summary>First match wins. Left: part of the parser's message.</summary>
    private static readonly (string Part, string Meaning)[] Meanings =
    [
        ("quoted scalar, found unexpected end", "the quoted text that begins here is never closed"),
        ("quoted scalar, found unexpected document", "the quoted text that begins here is never closed"),
        ("quoted scalar, found wrong indentation", "the quoted text is never closed, or its next line is not indented"),
        ("unknown escape character", "unknown escape in quoted text; write a backslash as \\\\ or use single quotes"),
        ("quoted scalar", "the quoted text that begins here is not valid"),
        ("found a tab character", "a tab indents this line or the next; YAML allows only spaces"),
        ("plain scalar value, found invalid mapping", "a second ': ' on one line; quote the text, or begin a new line"),
        ("multiline plain scalar, found invalid mapping", "the line before lacks ': ' after its field name"),
        ("cannot start any token", "a value cannot begin with this character; quote the text"),
        ("did not find expected key", "expected a field 'name: value' at the indentation of the fields above"),
        ("did not find expected '-' indicator", "expected a list item '- ' at the indentation of the items above"),
        ("Block sequence entries are not allowed", "a list begins on a new line; begin one here with '[' instead"),
        ("did not find expected node content", "a value is missing here, or a bracket closes that was never opened"),
        ("Mapping values are not allowed", "a field is not allowed here; check the indentation and the ': '"),
        ("could not find expected ':'", "expected ': ' after the field name"),
        ("block scalar", "the text after '|' or '>' begins on the next line, indented by spaces"),
        ("expected <document end>", "expected the end of the document or a line '---' here"),
        ("expected <document start>", "expected a line '---' here"),
        ("do not fit together", "the brackets, commas or escapes near here do not fit together"),
        ("stream ended", "the file ends in the middle of a value"),
    ];

    public static string For(string message)
    {
        foreach (var (part, meaning) in Meanings)
        {
            if (message.Contains(part, StringComparison.OrdinalIgnoreCase))
            {
                return $"{meaning} (invalid YAML)";
            }
        }

        return $"invalid YAML: {message}";
    }
}
