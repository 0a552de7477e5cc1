namespace ScaleFunctions.Core.Policies;

/// <summary>A place in YAML text, and how to get past what is a value there: quoted, plain and block text, and the rest of a line.</summary>
internal sealed class OutlineCursor(string text)
{
    private int _at;
    private int _lineStart;

    /// <summary>Line breaks passed so far.</summary>
    public int Line { get; private set; }

    public int Column => _at - _lineStart;

    public bool IsAtEnd => _at >= text.Length;

    public char Here => text[_at];

    /// <summary>Whether a <c>#</c> here begins a comment: at the start of a line or after a blank.</summary>
    public bool MayBeginComment => _at == _lineStart || text[_at - 1] is ' ' or '\t';

    /// <summary>Whether the character here has a blank or nothing after it.</summary>
    public bool StandsAlone => _at + 1 == text.Length || text[_at + 1] is ' ' or '\t' or '\r' or '\n';

    public bool StartsWith(string start) => text.StartsWith(start, StringComparison.Ordinal);

    public void Skip(int characters) => _at += characters;

    public void EndLine()
    {
        _at++;
        Line++;
        _lineStart = _at;
    }

    public void SkipIndentation()
    {
        while (!IsAtEnd && Here == ' ')
        {
            _at++;
        }
    }

    public bool IsBlankOrComment()
    {
        var index = _at;
        while (index < text.Length && text[index] is ' ' or '\t' or '\r')
        {
            index++;
        }

        return index == text.Length || text[index] is '\n' or '#';
    }

    /// <summary>Whether a colon comes next, blanks before it aside; if so, it is passed.</summary>
    public bool TakeColon()
    {
        var index = _at;
        while (index < text.Length && text[index] is ' ' or '\t')
        {
            index++;
        }

        var isThere = index < text.Length && text[index] == ':';
        _at = isThere ? index + 1 : _at;
        return isThere;
    }

    public void SkipToLineEnd()
    {
        var lineBreak = text.IndexOf('\n', Math.Min(_at, text.Length));
        _at = lineBreak < 0 ? text.Length : lineBreak;
    }

    public void SkipQuoted(char quote)
    {
        for (_at++; _at < text.Length; _at++)
        {
            if (text[_at] == '\n')
            {
                Line++;
                _lineStart = _at + 1;
            }
            else if (text[_at] == '\\' && quote == '"' && _at + 1 < text.Length && text[_at + 1] != '\n')
            {
                _at++;
            }
            else if (text[_at] == quote)
            {
                _at++;
                return;
            }
        }
    }

    public void SkipPlain(bool isInFlow)
    {
        for (_at++; _at < text.Length; _at++)
        {
            if (Here is '\r' or '\n'
                || (isInFlow && Here is ',' or '[' or ']' or '{' or '}')
                || (Here == '#' && MayBeginComment)
                || (Here == ':' && (isInFlow || StandsAlone)))
            {
                return;
            }
        }
    }

    /// <summary>
    /// Text after <c>|</c> or <c>&gt;</c>: the lines indented at least as far as the first, which is deeper than its parent.
    /// </summary>
    public void SkipBlockText(int parentColumn)
    {
        SkipToLineEnd();
        int? indentation = null;
        while (!IsAtEnd)
        {
            var begin = _at + 1;
            var content = begin;
            while (content < text.Length && text[content] == ' ')
            {
                content++;
            }

            var isBlank = content >= text.Length || text[content] is '\r' or '\n';
            indentation ??= isBlank ? null : Math.Max(parentColumn + 1, content - begin);
            if (!isBlank && content - begin < indentation)
            {
                return;
            }

            EndLine();
            SkipToLineEnd();
        }
    }
}
