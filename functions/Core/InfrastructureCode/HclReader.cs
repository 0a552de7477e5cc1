namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>
/// Reads the outline of HCL: blocks, and attributes with where their values are. Values are not evaluated. Written from
/// HashiCorp's description of the native syntax; what Terraform itself refuses may pass here.
/// </summary>
internal sealed class HclReader : CodeScanner
{
    private HclReader(string text)
        : base(text)
    {
    }

    /// <exception cref="CodeSyntaxException">It is no HCL.</exception>
    public static HclBody Read(string text)
    {
        var reader = new HclReader(text);
        var body = reader.Body(isObject: false);
        return reader.IsAtEnd ? body : throw reader.Broken(reader.At, $"'{reader.Here}' closes nothing");
    }

    /// <summary>Reads an object, <c>{ name = value }</c>, whose brace is at an offset.</summary>
    /// <exception cref="CodeSyntaxException">It is none.</exception>
    public static HclBody ReadObject(string text, int open)
    {
        var reader = new HclReader(text) { At = open + 1 };
        return reader.Body(isObject: true);
    }

    protected override bool IsLineComment => Here == '#' || (Here == '/' && Next == '/');

    protected override bool SkipText() => Here == '"' ? SkipQuoted() : Here == '<' && Next == '<' && SkipHeredoc();

    private HclBody Body(bool isObject)
    {
        List<CodeAttribute> attributes = [];
        List<HclBlock> blocks = [];
        while (true)
        {
            SkipBlanks(lines: true);
            if (isObject && Here == ',')
            {
                At++;
                continue;
            }

            if (IsAtEnd || Here is '}')
            {
                return new HclBody(attributes, blocks);
            }

            var start = At;
            var name = Name(isObject);
            SkipBlanks(lines: false);
            if ((Here == '=' && Next != '=') || (isObject && Here == ':'))
            {
                At++;
                SkipBlanks(lines: isObject);
                var value = At;
                var end = SkipValue();
                attributes.Add(end > value ? new CodeAttribute(name, start, value, end) : throw Broken(value, $"'{name}' has no value"));
            }
            else if (isObject)
            {
                throw Broken(At, $"'=' was expected after '{name}'");
            }
            else
            {
                blocks.Add(Block(name, start));
            }
        }
    }

    private HclBlock Block(string type, int start)
    {
        List<string> labels = [];
        while (Here != '{')
        {
            labels.Add(Name(isObject: false));
            SkipBlanks(lines: false);
        }

        var open = At++;
        Deeper(open);
        var body = Body(isObject: false);
        Shallower();
        return Here == '}' ? new HclBlock(type, labels, body, start, open, At++) : throw Broken(open, $"the block '{type}' has no end");
    }

    private string Name(bool isObject)
    {
        var start = At;
        if (Here == '"')
        {
            SkipQuoted();
            return Text[(start + 1)..(At - 1)];
        }

        if (isObject && Here == '(')
        {
            SkipBrackets();
            return Text[start..At];
        }

        var word = Word(hyphens: true);
        return word.Length > 0 ? word : throw Broken(start, IsAtEnd ? "it ends in the middle" : $"a name was expected, not '{Here}'");
    }

    private bool SkipQuoted()
    {
        var open = At++;
        while (Here != '"')
        {
            if (IsAtEnd || Here == '\n')
            {
                throw Broken(open, "a text has no end");
            }

            if (Here is '$' or '%' && Next == '{')
            {
                At++;
                SkipBrackets();
            }
            else
            {
                // A doubled sign stands for itself, so the brace after it opens nothing.
                At += Here == '\\' || (Here is '$' or '%' && Next == Here) ? 2 : 1;
            }
        }

        At++;
        return true;
    }

    private bool SkipHeredoc()
    {
        var open = At;
        At += 2;
        if (Here == '-')
        {
            At++;
        }

        var mark = Word(hyphens: true);
        if (mark.Length == 0)
        {
            At = open;
            return false;
        }

        for (var line = Text.IndexOf('\n', At); line >= 0; line = Text.IndexOf('\n', line + 1))
        {
            var end = Text.IndexOf('\n', line + 1) is var next and >= 0 ? next : Text.Length;
            if (Text.AsSpan(line + 1, end - line - 1).Trim().SequenceEqual(mark))
            {
                At = end;
                return true;
            }
        }

        throw Broken(open, $"the text up to {mark} has no end");
    }
}
