using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ScaleFunctions.Core.Policies;

/// <summary>Turns the parser's events into nodes with positions, and stops at the first event a policy may not contain.</summary>
internal sealed class PolicyNodeReader
{
    public static readonly string TooDeep = $"values are nested deeper than {NestingScan.MaximumDepth} levels";

    /// <summary>Far more than a document of any kind needs; the parser is slow on a large file of tiny values.</summary>
    public const int MaximumValues = 10_000;

    private readonly Parser _parser;
    private readonly PolicyDocumentText _document;
    private readonly PolicyErrors _errors;

    /// <summary>Brackets not closed yet: the usual cause of a syntax error reported much further down.</summary>
    private readonly Stack<NodeEvent> _openBrackets = new();

    private int _values;

    private PolicyNodeReader(PolicyDocumentText document, PolicyErrors errors)
    {
        _document = document;
        _errors = errors;
        _parser = new Parser(new StringReader(document.Text));
    }

    /// <summary>The document's root; null when it is empty, or when the reason it cannot be read was added.</summary>
    public static PolicyNode? Read(PolicyDocumentText document, PolicyErrors errors)
    {
        var reader = new PolicyNodeReader(document, errors);
        try
        {
            return reader.ReadRoot();
        }
        catch (Refusal refusal)
        {
            errors.Add(reader.LineOf(refusal.At), ColumnOf(refusal.At), refusal.Message);
        }
        catch (YamlException exception)
        {
            reader.AddSyntaxError(exception);
        }

        return null;
    }

    private PolicyNode? ReadRoot()
    {
        PolicyNode? root = null;
        while (MoveNext())
        {
            switch (_parser.Current)
            {
                case DocumentStart { Version: not null } start:
                    throw new Refusal(start.Start, "directives ('%') are not allowed in a policy file");
                case NodeEvent or AnchorAlias:
                    root = ReadNode(depth: 0);
                    break;
                default:
                    break;
            }
        }

        return root is { IsNull: true } ? null : root;
    }

    /// <summary>Reads the node whose first event is current; ends on its last event. Recursion ends at the depth limit.</summary>
    private PolicyNode ReadNode(int depth)
    {
        var first = _parser.Current!;
        if (first is AnchorAlias)
        {
            throw new Refusal(first.Start, "aliases ('*') are not allowed in a policy file");
        }

        if (++_values > MaximumValues)
        {
            throw new Refusal(first.Start, $"more than {MaximumValues} values in one document; split it");
        }

        var node = (NodeEvent)first;
        RefuseDecoration(node);
        if (node is YamlDotNet.Core.Events.Scalar scalar)
        {
            return ReadScalar(scalar);
        }

        if (depth >= NestingScan.MaximumDepth)
        {
            throw new Refusal(node.Start, TooDeep);
        }

        var isBracketed = node is SequenceStart { Style: SequenceStyle.Flow } or MappingStart { Style: MappingStyle.Flow };
        if (isBracketed)
        {
            _openBrackets.Push(node);
        }

        PolicyNode read = node is SequenceStart ? ReadSequence(node.Start, depth) : ReadMapping(node.Start, depth);
        if (isBracketed)
        {
            _openBrackets.Pop();
        }

        return read;
    }

    private static void RefuseDecoration(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty)
        {
            throw new Refusal(node.Start, "anchors ('&') are not allowed in a policy file");
        }

        if (!node.Tag.IsEmpty)
        {
            throw new Refusal(node.Start, "tags ('!') are not allowed in a policy file");
        }
    }

    private PolicyNode.Scalar ReadScalar(YamlDotNet.Core.Events.Scalar scalar)
    {
        foreach (var character in scalar.Value)
        {
            // Escapes such as "\u0000" pass the guard as harmless letters and become this only here.
            if (char.IsControl(character) && character is not ('\n' or '\t'))
            {
                throw new Refusal(scalar.Start, $"the text contains the control character U+{(int)character:X4}");
            }
        }

        return new PolicyNode.Scalar(
            scalar.Value, scalar.Style != ScalarStyle.Plain, SourceOf(scalar.Start));
    }

    private PolicyNode.Sequence ReadSequence(Mark start, int depth)
    {
        List<PolicyNode> items = [];
        while (Next() is not SequenceEnd)
        {
            items.Add(ReadNode(depth + 1));
        }

        return new PolicyNode.Sequence(items, SourceOf(start));
    }

    private PolicyNode.Mapping ReadMapping(Mark start, int depth)
    {
        List<KeyValuePair<PolicyNode.Scalar, PolicyNode>> fields = [];
        Dictionary<string, PolicyNode.Scalar> seen = new(StringComparer.Ordinal);
        while (Next() is not MappingEnd)
        {
            var mark = _parser.Current!.Start;
            if (ReadNode(depth + 1) is not PolicyNode.Scalar { Text.Length: > 0 } key)
            {
                throw new Refusal(mark, "a field name must be plain text");
            }

            RefuseMergeKey(key, mark);
            Next();
            var value = ReadNode(depth + 1);
            if (seen.TryAdd(key.Text, key))
            {
                fields.Add(new(key, value));
            }
            else
            {
                RefuseDuplicate(key, seen[key.Text], mark);
            }
        }

        return new PolicyNode.Mapping(fields, SourceOf(start));
    }

    /// <summary>Goes on to the next duplicate, but not through a file of them.</summary>
    private void RefuseDuplicate(PolicyNode.Scalar key, PolicyNode.Scalar first, Mark mark)
    {
        var message = $"the field {Quoted.Text(key.Text)} is already given on line {first.Source.Line}";
        if (_errors.Count >= PolicyErrors.MaximumShown)
        {
            throw new Refusal(mark, message);
        }

        _errors.Add(key, message);
    }

    private static void RefuseMergeKey(PolicyNode.Scalar key, Mark mark)
    {
        if (key is { Text: "<<", IsQuoted: false })
        {
            throw new Refusal(mark, "merge keys ('<<') are not allowed in a policy file");
        }
    }

    private ParsingEvent Next() =>
        MoveNext() ? _parser.Current! : throw new SemanticErrorException("The stream ended inside a value.");

    /// <summary>
    /// On some brackets that do not match the parser looks at an empty stack of its own, on some escapes it builds half a
    /// character, and throws as if its caller were wrong; to us these are further ways in which a file is not YAML.
    /// </summary>
    private bool MoveNext()
    {
        try
        {
            return _parser.MoveNext();
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            var at = _parser.Current?.End ?? Mark.Empty;
            throw new SyntaxErrorException(at, at, "Brackets, commas or escapes do not fit together.");
        }
    }

    private void AddSyntaxError(YamlException exception)
    {
        if (_openBrackets.TryPeek(out var open) && !exception.Message.Contains("scanning a quoted", StringComparison.Ordinal))
        {
            var (bracket, closing) = open is SequenceStart ? ('[', ']') : ('{', '}');
            _errors.Add(LineOf(open.Start), ColumnOf(open.Start),
                $"the '{bracket}' that opens here is not closed by a '{closing}', or a comma or ': ' is missing before line "
                + $"{LineOf(exception.Start)}, column {ColumnOf(exception.Start)}");
            return;
        }

        _errors.Add(LineOf(exception.Start), ColumnOf(exception.Start), SyntaxErrorText.For(exception.Message));
    }

    private PolicySource SourceOf(Mark mark) => _errors.Source(LineOf(mark), ColumnOf(mark));

    private int LineOf(Mark mark) => _document.FirstLine + Math.Max(0, (int)mark.Line - 1);

    private static int ColumnOf(Mark mark) => Math.Max(1, (int)mark.Column);

    /// <summary>Leaves the recursion at something a policy file may not contain. Never leaves this class.</summary>
    private sealed class Refusal(Mark at, string message) : Exception(message)
    {
        public Mark At { get; } = at;
    }
}
