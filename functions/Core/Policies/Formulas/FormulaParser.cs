using System.Globalization;

namespace ScaleFunctions.Core.Policies.Formulas;

/// <summary>
/// Reads formulas: numbers, signals, <c>instances</c>, <c>+ - * /</c>, parentheses, <c>min max abs ceil floor</c> and
/// <c>??</c>, which binds weakest and takes its right side when the left one cannot be read.
/// </summary>
/// <remarks>
/// <code>
/// formula = sum { "??" sum }                       a ?? b ?? c  is  a ?? (b ?? c)
/// sum     = product { ("+" | "-") product }
/// product = factor { ("*" | "/") factor }
/// factor  = "-" factor | number | name | "[" any name "]" | function "(" formula { "," formula } ")" | "(" formula ")"
/// </code>
/// A name of letters, digits, "_" and "." stands as it is; one with "-" in it, or that begins with a digit, in brackets.
/// </remarks>
internal sealed class FormulaParser
{
    /// <summary>Parentheses and signs within each other; nobody reads deeper ones, and the stack is bounded by it.</summary>
    public const int MaximumDepth = 32;

    /// <summary>Longer than a policy may write one; a chain of signs is as deep a tree as it is long.</summary>
    public const int MaximumLength = 1024;

    private readonly string _text;
    private int _at;
    private int _depth;

    private FormulaParser(string text) => _text = text;

    /// <summary>Reads a text.</summary>
    /// <exception cref="FormulaException">It is no formula.</exception>
    public static Formula Parse(string text)
    {
        if (text.Length > MaximumLength)
        {
            throw new FormulaException(MaximumLength, $"it is longer than {MaximumLength} characters");
        }

        var parser = new FormulaParser(text);
        var formula = parser.Either();
        return parser.Next() is { } more ? throw parser.Wrong($"'{more}' does not belong here; an operator, or the end, was expected") : formula;
    }

    private Formula Either()
    {
        using var _ = Deeper();
        var left = Sum();
        return Take("??") ? new Formula.OrElse(left, Either()) : left;
    }

    private Formula Sum()
    {
        var left = Product();
        while (Next() is '+' or '-' && Operator() is var sign)
        {
            left = new Formula.Combined(sign, left, Product());
        }

        return left;
    }

    private Formula Product()
    {
        var left = Factor();
        while (Next() is '*' or '/' && Operator() is var sign)
        {
            left = new Formula.Combined(sign, left, Factor());
        }

        return left;
    }

    private Formula Factor()
    {
        switch (Next())
        {
            case null:
                throw Wrong("something is missing at the end: a number, a signal or '('");
            case '-':
                using (Deeper())
                {
                    _at++;
                    return new Formula.Negated(Factor());
                }

            case '(':
                return Group();
            case '[':
                return Bracketed();
            case { } first when char.IsAsciiDigit(first):
                return Number();
            case { } first when char.IsAsciiLetter(first) || first == '_':
                return Named();
            case { } other:
                throw Wrong($"'{other}' does not belong here; a number, a signal or '(' was expected");
        }
    }

    private Formula Group()
    {
        var begin = _at++;
        var inner = Either();
        return Take(")") ? inner : throw new FormulaException(begin, "the '(' that opens here is not closed by a ')'");
    }

    private Formula.Signal Bracketed()
    {
        var begin = _at;
        var end = _text.IndexOf(']', begin);
        if (end < 0)
        {
            throw Wrong("the '[' that opens here is not closed by a ']'");
        }

        _at = end + 1;
        return new Formula.Signal(_text[(begin + 1)..end].Trim(), begin);
    }

    private Formula.Number Number()
    {
        var begin = _at;
        Skip(char.IsAsciiDigit);
        if (_at < _text.Length && _text[_at] == '.')
        {
            _at++;
            Skip(char.IsAsciiDigit);
        }

        var digits = _text[begin.._at];
        return digits.Length <= 16 && digits[^1] != '.' && !(_at < _text.Length && (char.IsAsciiLetter(_text[_at]) || _text[_at] is '_' or '.'))
            ? new Formula.Number(double.Parse(digits, CultureInfo.InvariantCulture))
            : throw new FormulaException(begin, "a number has up to 15 digits, such as 40 or 0.5; a signal whose name begins with a digit stands in brackets: [2xx]");
    }

    private Formula Named()
    {
        var begin = _at;
        Skip(each => char.IsAsciiLetterOrDigit(each) || each is '_' or '.');
        var name = _text[begin.._at];
        return Next() == '(' ? Call(name, begin) : new Formula.Signal(name, begin);
    }

    private Formula.Called Call(string name, int begin)
    {
        if (!Enum.TryParse<FormulaFunction>(name, ignoreCase: true, out var function) || name.Any(char.IsAsciiLetterUpper))
        {
            var known = Enum.GetNames<FormulaFunction>().Select(each => each.ToLowerInvariant()).ToList();
            throw new FormulaException(begin, $"there is no function {Quoted.Text(name)}{NearName.Hint(name, known)} (functions: {Quoted.List(known)})");
        }

        _at++;
        List<Formula> arguments = [Either()];
        while (Take(","))
        {
            arguments.Add(Either());
        }

        if (!Take(")"))
        {
            throw new FormulaException(begin, $"the '(' after '{name}' is not closed by a ')'");
        }

        var isOfMany = function is FormulaFunction.Min or FormulaFunction.Max;
        return isOfMany == arguments.Count >= 2
            ? new Formula.Called(function, arguments)
            : throw new FormulaException(begin, isOfMany ? $"'{name}' needs two values or more" : $"'{name}' takes one value");
    }

    private char Operator() => _text[_at++];

    private bool Take(string token)
    {
        if (Next() is null || string.CompareOrdinal(_text, _at, token, 0, token.Length) != 0)
        {
            return false;
        }

        _at += token.Length;
        return true;
    }

    /// <summary>The next character that is no blank; null at the end.</summary>
    private char? Next()
    {
        Skip(each => each == ' ');
        return _at < _text.Length ? _text[_at] : null;
    }

    private void Skip(Func<char, bool> isPart)
    {
        while (_at < _text.Length && isPart(_text[_at]))
        {
            _at++;
        }
    }

    private FormulaException Wrong(string message) => new(_at, message);

    private Depth Deeper() => ++_depth <= MaximumDepth ? new Depth(this) : throw Wrong($"it is nested more than {MaximumDepth} deep");

    private readonly struct Depth(FormulaParser parser) : IDisposable
    {
        public void Dispose() => parser._depth--;
    }
}
