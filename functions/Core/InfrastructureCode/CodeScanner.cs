namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>
/// Steps over the pieces of a text that braces and line ends mean nothing in: comments, texts, and what is nested in brackets.
/// What HCL and Bicep have in common is here, what differs in those that inherit it.
/// </summary>
internal abstract class CodeScanner(string text)
{
    /// <summary>Deeper code was written to break readers.</summary>
    private const int Deepest = 100;

    private int _depth;

    protected string Text => text;

    protected int At { get; set; }

    protected bool IsAtEnd => At >= text.Length;

    protected char Here => At < text.Length ? text[At] : '\0';

    protected char Next => At + 1 < text.Length ? text[At + 1] : '\0';

    /// <summary>Whether a comment to the end of the line begins here.</summary>
    protected abstract bool IsLineComment { get; }

    /// <summary>Steps over a text that begins here; false when none does.</summary>
    protected abstract bool SkipText();

    protected CodeSyntaxException Broken(int offset, string message) => new(Math.Min(offset, text.Length), message);

    /// <summary>Steps over blanks and comments.</summary>
    protected void SkipBlanks(bool lines)
    {
        while (!IsAtEnd)
        {
            if (Here is ' ' or '\t' or '\r' or '\uFEFF' || (lines && Here == '\n'))
            {
                At++;
            }
            else if (!SkipComment())
            {
                return;
            }
        }
    }

    /// <summary>Steps over a comment; the end of a line is no part of it.</summary>
    protected bool SkipComment()
    {
        if (IsLineComment)
        {
            At = text.IndexOf('\n', At) is var end and >= 0 ? end : text.Length;
            return true;
        }

        if (Here != '/' || Next != '*')
        {
            return false;
        }

        var close = text.IndexOf("*/", At + 2, StringComparison.Ordinal);
        At = close >= 0 ? close + 2 : throw Broken(At, "a comment has no end");
        return true;
    }

    /// <summary>Steps over a value, up to the end of its line, a comma, or a bracket that it did not open.</summary>
    /// <returns>Where its last letter ends.</returns>
    protected int SkipValue()
    {
        var end = At;
        while (!IsAtEnd && Here is not ('\n' or ',' or '}' or ']' or ')'))
        {
            if (SkipComment())
            {
                continue;
            }

            if (Here is ' ' or '\t' or '\r')
            {
                At++;
                continue;
            }

            if (Here is '{' or '[' or '(')
            {
                SkipBrackets();
            }
            else if (!SkipText())
            {
                At++;
            }

            end = At;
        }

        return end;
    }

    /// <summary>Steps over brackets and all that is in them.</summary>
    protected void SkipBrackets()
    {
        var (open, close) = (At, Here switch { '{' => '}', '[' => ']', _ => ')' });
        Deeper(open);
        At++;
        while (Here != close)
        {
            if (IsAtEnd || Here is '}' or ']' or ')')
            {
                throw Broken(open, $"'{text[open]}' has no end");
            }

            if (Here is '{' or '[' or '(')
            {
                SkipBrackets();
            }
            else if (!SkipComment() && !SkipText())
            {
                At++;
            }
        }

        At++;
        _depth--;
    }

    protected void Deeper(int offset)
    {
        if (++_depth > Deepest)
        {
            throw Broken(offset, $"it is nested more than {Deepest} deep");
        }
    }

    protected void Shallower() => _depth--;

    protected static bool IsWord(char letter) => char.IsLetterOrDigit(letter) || letter is '_' or '-';

    protected string Word(bool hyphens)
    {
        var start = At;
        while (!IsAtEnd && IsWord(Here) && (hyphens || Here != '-'))
        {
            At++;
        }

        return text[start..At];
    }
}
