namespace ScaleFunctions.Core.Policies;

/// <summary>
/// Reads the outline of a YAML document before the parser does and refuses what a policy never needs and an attacker does:
/// deep nesting, anchors, aliases, tags, directives. One pass, constant memory, no recursion. It follows quotes, comments,
/// block text and indentation; where YAML is subtler than that, <see cref="PolicyNodeReader"/> checks again on exact events.
/// </summary>
internal sealed class NestingScan
{
    public const int MaximumDepth = 32;

    private readonly OutlineCursor _cursor;
    private readonly int _firstLine;
    private readonly PolicyErrors _errors;
    private readonly OpenBlocks _blocks = new();

    private int _flowDepth;

    /// <summary>Column of a flow collection that may turn out to be the key of a block mapping.</summary>
    private int? _flowKeyColumn;

    /// <summary>Whether a block collection may begin here: at the start of a line or after <c>- </c>, <c>? </c>, <c>: </c>.</summary>
    private bool _mayOpenBlock;

    private bool _isRefused;

    private NestingScan(PolicyDocumentText document, PolicyErrors errors)
    {
        _cursor = new OutlineCursor(document.Text);
        _firstLine = document.FirstLine;
        _errors = errors;
    }

    /// <summary>True when the document may be parsed; else the reason was added.</summary>
    public static bool Allows(PolicyDocumentText document, PolicyErrors errors)
    {
        var scan = new NestingScan(document, errors);
        scan.Run();
        return !scan._isRefused;
    }

    private void Run()
    {
        if (_cursor.StartsWith("---"))
        {
            _cursor.Skip(3);
            _mayOpenBlock = true;
        }
        else
        {
            StartLine();
        }

        while (!_cursor.IsAtEnd && !_isRefused)
        {
            Step(_cursor.Here);
        }
    }

    private void Step(char character)
    {
        switch (character)
        {
            case '\n':
                _cursor.EndLine();
                StartLine();
                break;
            case ' ' or '\t' or '\r' or ',':
                _cursor.Skip(1);
                break;
            case '#' when _cursor.MayBeginComment:
                _cursor.SkipToLineEnd();
                break;
            case '[' or '{':
                OpenFlow();
                break;
            case ']' or '}':
                CloseFlow();
                break;
            case '"' or '\'':
                SkipScalar(() => _cursor.SkipQuoted(character));
                break;
            case '|' or '>' when _flowDepth == 0:
                _cursor.SkipBlockText(_blocks.InnermostColumn);
                break;
            case '&' or '*' or '!' or '%':
                StepReserved(character);
                break;
            case '-' or '?' or ':' when IsIndicator(character):
                OpenBlockAtIndicator(character);
                break;
            default:
                SkipPlain();
                break;
        }
    }

    private void StepReserved(char character)
    {
        switch (character)
        {
            case '&':
                Refuse("anchors ('&') are not allowed in a policy file; quote text that begins with '&'");
                break;
            case '*':
                Refuse("aliases ('*') are not allowed in a policy file; quote text that begins with '*'");
                break;
            case '!':
                Refuse("tags ('!') are not allowed in a policy file; quote text that begins with '!'");
                break;
            case '%' when _cursor.Column == 0:
                Refuse("directives ('%') are not allowed in a policy file");
                break;
            default:
                SkipPlain();
                break;
        }
    }

    private void StartLine()
    {
        _cursor.SkipIndentation();
        _mayOpenBlock = _flowDepth == 0;
        if (_cursor.IsAtEnd || !_mayOpenBlock || _cursor.IsBlankOrComment())
        {
            return;
        }

        if (_cursor.Here == '\t')
        {
            Refuse("a tab indents this line; YAML allows only spaces");
            return;
        }

        _blocks.CloseDeeperThan(_cursor.Column);
    }

    /// <summary>A dash, question mark or colon that stands alone; a colon in a flow collection also beside a quote or bracket.</summary>
    private bool IsIndicator(char character) =>
        (_cursor.StandsAlone && (_flowDepth > 0 || _mayOpenBlock || character == ':')) || (_flowDepth > 0 && character == ':');

    private void OpenBlockAtIndicator(char indicator)
    {
        if (_flowDepth == 0 && _mayOpenBlock)
        {
            OpenBlock(_cursor.Column, isSequence: indicator == '-');
        }

        _cursor.Skip(1);
    }

    private void OpenBlock(int column, bool isSequence)
    {
        if (_blocks.Open(column, isSequence))
        {
            CheckDepth(column);
        }
    }

    private void OpenFlow()
    {
        if (_flowDepth == 0)
        {
            _flowKeyColumn = _mayOpenBlock ? _cursor.Column : null;
        }

        _flowDepth++;
        CheckDepth(_cursor.Column);
        _mayOpenBlock = false;
        _cursor.Skip(1);
    }

    private void CloseFlow()
    {
        _cursor.Skip(1);
        _flowDepth = Math.Max(0, _flowDepth - 1);
        if (_flowDepth == 0)
        {
            OpenBlockIfKey(_flowKeyColumn);
            _flowKeyColumn = null;
        }
    }

    private void CheckDepth(int column)
    {
        if (_blocks.Count + _flowDepth > MaximumDepth)
        {
            Refuse(PolicyNodeReader.TooDeep, column);
        }
    }

    private void SkipPlain() => SkipScalar(() => _cursor.SkipPlain(isInFlow: _flowDepth > 0));

    private void SkipScalar(Action skip)
    {
        int? keyColumn = _flowDepth == 0 && _mayOpenBlock ? _cursor.Column : null;
        skip();
        OpenBlockIfKey(keyColumn);
        _mayOpenBlock = false;
    }

    private void OpenBlockIfKey(int? keyColumn)
    {
        if (keyColumn is { } column && _cursor.TakeColon())
        {
            OpenBlock(column, isSequence: false);
        }
    }

    private void Refuse(string message) => Refuse(message, _cursor.Column);

    private void Refuse(string message, int column)
    {
        _isRefused = true;
        _errors.Add(_firstLine + _cursor.Line, column + 1, message);
    }
}
