namespace ScaleFunctions.Core.Policies;

/// <summary>
/// Reads the outline of a YAML document before the parser does and refuses what a policy never needs and an attacker does:
/// deep nesting, anchors, aliases, tags, directives. One pass, constant memory, no recursion. It follows quotes, comments,
/// block text and indentation; where YAML is subtler than that, <see cref="PolicyNodeReader"/> checks again on exact events.
/// </summary>
internal sealed class NestingScan
{
    public const int MaximumDepth = 32;

    private readonly string _text;
    private readonly int _firstLine;
    private readonly PolicyErrors _errors;

    /// <summary>Block collections that are open, by the column of their items.</summary>
    private readonly Stack<(int Column, bool IsSequence)> _blocks = new();

    private int _at;
    private int _line;
    private int _lineStart;
    private int _flowDepth;

    /// <summary>Column of a flow collection that may turn out to be the key of a block mapping.</summary>
    private int? _flowKeyColumn;

    /// <summary>Whether a block collection may begin here: at the start of a line or after <c>- </c>, <c>? </c>, <c>: </c>.</summary>
    private bool _mayOpenBlock;

    private bool _isRefused;

    private NestingScan(PolicyDocumentText document, PolicyErrors errors)
    {
        _text = document.Text;
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

    private int Column => _at - _lineStart;

    private void Run()
    {
        if (_text.StartsWith("---", StringComparison.Ordinal))
        {
            _at = 3;
            _mayOpenBlock = true;
        }
        else
        {
            StartLine();
        }

        while (_at < _text.Length && !_isRefused)
        {
            Step(_text[_at]);
        }
    }

    private void Step(char character)
    {
        switch (character)
        {
            case '\n':
                EndLine();
                StartLine();
                break;
            case ' ' or '\t' or '\r' or ',':
                _at++;
                break;
            case '#' when _at == _lineStart || _text[_at - 1] is ' ' or '\t':
                SkipToLineEnd();
                break;
            case '[' or '{':
                OpenFlow();
                break;
            case ']' or '}':
                CloseFlow();
                break;
            case '"' or '\'':
                SkipScalar(() => SkipQuoted(character));
                break;
            case '|' or '>' when _flowDepth == 0:
                SkipBlockText();
                break;
            case '&' or '*' or '!' or '%':
                StepReserved(character);
                break;
            case '-' or '?' or ':' when IsIndicator():
                OpenBlockAtIndicator(character);
                break;
            default:
                SkipScalar(SkipPlain);
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
            case '%' when Column == 0:
                Refuse("directives ('%') are not allowed in a policy file");
                break;
            default:
                SkipScalar(SkipPlain);
                break;
        }
    }

    private void EndLine()
    {
        _at++;
        _line++;
        _lineStart = _at;
    }

    private void StartLine()
    {
        while (_at < _text.Length && _text[_at] == ' ')
        {
            _at++;
        }

        _mayOpenBlock = _flowDepth == 0;
        if (_at == _text.Length || !_mayOpenBlock || IsBlankOrComment())
        {
            return;
        }

        if (_text[_at] == '\t')
        {
            Refuse("a tab indents this line; YAML allows only spaces");
            return;
        }

        CloseBlocksDeeperThan(Column);
    }

    private bool IsBlankOrComment()
    {
        var index = _at;
        while (index < _text.Length && _text[index] is ' ' or '\t' or '\r')
        {
            index++;
        }

        return index == _text.Length || _text[index] is '\n' or '#';
    }

    private void CloseBlocksDeeperThan(int column)
    {
        while (_blocks.TryPeek(out var block) && block.Column > column)
        {
            _blocks.Pop();
        }
    }

    /// <summary>A dash, question mark or colon that stands alone; a colon in a flow collection also beside a quote or bracket.</summary>
    private bool IsIndicator()
    {
        var isAlone = _at + 1 == _text.Length || _text[_at + 1] is ' ' or '\t' or '\r' or '\n';
        return (isAlone && (_flowDepth > 0 || _mayOpenBlock || _text[_at] == ':')) || (_flowDepth > 0 && _text[_at] == ':');
    }

    private void OpenBlockAtIndicator(char indicator)
    {
        if (_flowDepth == 0 && _mayOpenBlock)
        {
            OpenBlock(Column, isSequence: indicator == '-');
        }

        _at++;
    }

    private void OpenBlock(int column, bool isSequence)
    {
        CloseBlocksDeeperThan(column);
        if (_blocks.TryPeek(out var top) && top.Column == column)
        {
            if (top.IsSequence && !isSequence)
            {
                _blocks.Pop();
                OpenBlock(column, isSequence);
                return;
            }

            if (top.IsSequence == isSequence)
            {
                return;
            }
        }

        _blocks.Push((column, isSequence));
        CheckDepth(column);
    }

    private void OpenFlow()
    {
        if (_flowDepth == 0)
        {
            _flowKeyColumn = _mayOpenBlock ? Column : null;
        }

        _flowDepth++;
        CheckDepth(Column);
        _mayOpenBlock = false;
        _at++;
    }

    private void CloseFlow()
    {
        _at++;
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

    private void SkipScalar(Action skip)
    {
        int? keyColumn = _flowDepth == 0 && _mayOpenBlock ? Column : null;
        skip();
        OpenBlockIfKey(keyColumn);
        _mayOpenBlock = false;
    }

    private void OpenBlockIfKey(int? keyColumn)
    {
        var index = _at;
        while (index < _text.Length && _text[index] is ' ' or '\t')
        {
            index++;
        }

        if (keyColumn is { } column && index < _text.Length && _text[index] == ':')
        {
            OpenBlock(column, isSequence: false);
            _at = _isRefused ? _at : index + 1;
        }
    }

    private void SkipQuoted(char quote)
    {
        for (_at++; _at < _text.Length; _at++)
        {
            if (_text[_at] == '\n')
            {
                _line++;
                _lineStart = _at + 1;
            }
            else if (_text[_at] == '\\' && quote == '"' && _at + 1 < _text.Length && _text[_at + 1] != '\n')
            {
                _at++;
            }
            else if (_text[_at] == quote)
            {
                _at++;
                return;
            }
        }
    }

    private void SkipPlain()
    {
        for (_at++; _at < _text.Length; _at++)
        {
            var character = _text[_at];
            if (character is '\r' or '\n'
                || (_flowDepth > 0 && character is ',' or '[' or ']' or '{' or '}')
                || (character == '#' && _text[_at - 1] is ' ' or '\t')
                || (character == ':' && IsIndicator()))
            {
                return;
            }
        }
    }

    /// <summary>Text after <c>|</c> or <c>&gt;</c>: the lines indented at least as far as the first, which is deeper than its parent.</summary>
    private void SkipBlockText()
    {
        SkipToLineEnd();
        var parent = _blocks.TryPeek(out var top) ? top.Column : -1;
        int? indentation = null;
        while (_at < _text.Length)
        {
            var begin = _at + 1;
            var content = begin;
            while (content < _text.Length && _text[content] == ' ')
            {
                content++;
            }

            var isBlank = content >= _text.Length || _text[content] is '\r' or '\n';
            indentation ??= isBlank ? null : Math.Max(parent + 1, content - begin);
            if (!isBlank && content - begin < indentation)
            {
                return;
            }

            EndLine();
            SkipToLineEnd();
        }
    }

    private void SkipToLineEnd()
    {
        var lineBreak = _text.IndexOf('\n', Math.Min(_at, _text.Length));
        _at = lineBreak < 0 ? _text.Length : lineBreak;
    }

    private void Refuse(string message) => Refuse(message, Column);

    private void Refuse(string message, int column)
    {
        _isRefused = true;
        _errors.Add(_firstLine + _line, column + 1, message);
    }
}
