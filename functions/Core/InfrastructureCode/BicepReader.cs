namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>Reads the outline of Bicep: declarations, and the properties of objects with where their values are. Values are not evaluated.</summary>
internal sealed class BicepReader : CodeScanner
{
    private BicepReader(string text)
        : base(text)
    {
    }

    /// <exception cref="CodeSyntaxException">It is no Bicep.</exception>
    public static IReadOnlyList<BicepStatement> Read(string text)
    {
        var reader = new BicepReader(text);
        List<BicepStatement> statements = [];
        while (reader.Statement() is { } statement)
        {
            statements.Add(statement);
        }

        return statements;
    }

    /// <summary>Reads the properties of an object whose brace is at an offset. Resources nested in it are left out.</summary>
    /// <exception cref="CodeSyntaxException">It is none.</exception>
    public static IReadOnlyList<CodeAttribute> ReadObject(string text, int open)
    {
        var reader = new BicepReader(text) { At = open + 1 };
        return reader.Properties();
    }

    /// <summary>Where the object of a resource's declaration begins, behind conditions and loops; -1 when there is none.</summary>
    /// <exception cref="CodeSyntaxException">It is no Bicep.</exception>
    public static int ObjectOf(string text, BicepStatement statement, out bool isLoop)
    {
        var reader = new BicepReader(text) { At = statement.ValueStart };
        isLoop = reader.Here == '[';
        if (isLoop)
        {
            reader.At++;
            while (reader.At < statement.End && reader.Here != ':')
            {
                reader.StepOver();
            }

            reader.At++;
            reader.SkipBlanks(lines: true);
        }

        if (text.AsSpan(reader.At).StartsWith("if", StringComparison.Ordinal) && !IsWord(reader.At + 2 < text.Length ? text[reader.At + 2] : ' '))
        {
            reader.At += 2;
            reader.SkipBlanks(lines: true);
            reader.StepOver();
            reader.SkipBlanks(lines: true);
        }

        return reader.At < statement.End && reader.Here == '{' ? reader.At : -1;
    }

    /// <summary>What begins with <c>#</c> tells the compiler which warnings to keep to itself.</summary>
    protected override bool IsLineComment => Here == '#' || (Here == '/' && Next == '/');

    protected override bool SkipText()
    {
        if (Here != '\'')
        {
            return false;
        }

        var open = At;
        if (Next == '\'' && At + 2 < Text.Length && Text[At + 2] == '\'')
        {
            var close = Text.IndexOf("'''", At + 3, StringComparison.Ordinal);
            At = close >= 0 ? close + 3 : throw Broken(open, "a text has no end");
            while (Here == '\'')
            {
                At++;
            }

            return true;
        }

        At++;
        while (Here != '\'')
        {
            if (IsAtEnd || Here == '\n')
            {
                throw Broken(open, "a text has no end");
            }

            if (Here == '$' && Next == '{')
            {
                At++;
                SkipBrackets();
            }
            else
            {
                At += Here == '\\' ? 2 : 1;
            }
        }

        At++;
        return true;
    }

    private BicepStatement? Statement()
    {
        SkipBlanks(lines: true);
        if (IsAtEnd)
        {
            return null;
        }

        var start = At;
        while (Here == '@')
        {
            // What it decorates may follow on the same line.
            At++;
            while (IsWord(Here) || Here == '.')
            {
                At++;
            }

            if (Here == '(')
            {
                SkipBrackets();
            }

            SkipBlanks(lines: true);
        }

        var keyword = Word(hyphens: false);
        if (keyword.Length == 0)
        {
            throw Broken(At, IsAtEnd ? "it ends in the middle" : $"a declaration was expected, not '{Here}'");
        }

        SkipBlanks(lines: false);
        var name = Here == '\'' ? "" : Word(hyphens: false);
        SkipBlanks(lines: false);
        var type = At;
        SkipType();
        var typeText = Text[type..At].Trim();
        if (Here != '=')
        {
            return new BicepStatement { Keyword = keyword, Name = name, Type = typeText, Start = start, Sign = -1, ValueStart = At, End = type + Text[type..At].TrimEnd().Length };
        }

        var sign = At++;
        SkipBlanks(lines: false);
        var value = At;
        var end = SkipWhole();
        return new BicepStatement { Keyword = keyword, Name = name, Type = typeText, Start = start, Sign = sign, ValueStart = value, End = end };
    }

    /// <summary>Up to the equals sign, or to the end of the line unless the next one goes on with another type.</summary>
    private void SkipType()
    {
        while (!IsAtEnd && Here != '=')
        {
            if (Here != '\n')
            {
                StepOver();
                continue;
            }

            var end = At;
            SkipBlanks(lines: true);
            if (Here != '|')
            {
                At = end;
                return;
            }
        }
    }

    /// <summary>A value and the lines that go on with it: behind a condition's sign, or before one.</summary>
    private int SkipWhole()
    {
        var end = SkipValue();
        while (!IsAtEnd)
        {
            var back = At;
            SkipBlanks(lines: true);
            if (!(Here is '?' or ':') && !(end > 0 && Text[end - 1] is '?' or ':' or '=' or '|' or '&'))
            {
                At = back;
                return end;
            }

            end = SkipValue();
        }

        return end;
    }

    private List<CodeAttribute> Properties()
    {
        List<CodeAttribute> properties = [];
        while (true)
        {
            SkipBlanks(lines: true);
            if (Here == ',')
            {
                At++;
                continue;
            }

            if (IsAtEnd || Here == '}')
            {
                return properties;
            }

            var start = At;
            var name = Here == '\'' ? Quoted() : Word(hyphens: false);
            SkipBlanks(lines: false);
            if (Here != ':')
            {
                // A nested resource, or what is spread into the object.
                var before = At;
                SkipValue();
                At += At == before ? 1 : 0;
                continue;
            }

            At++;
            SkipBlanks(lines: true);
            var value = At;
            properties.Add(new CodeAttribute(name, start, value, SkipWhole()));
        }
    }

    private string Quoted()
    {
        var start = At;
        SkipText();
        return Text[start..At].Trim('\'');
    }

    private void StepOver()
    {
        if (Here is '{' or '[' or '(')
        {
            SkipBrackets();
        }
        else if (!SkipComment() && !SkipText())
        {
            At++;
        }
    }
}
