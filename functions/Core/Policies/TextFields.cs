using System.Text.RegularExpressions;

namespace ScaleFunctions.Core.Policies;

/// <summary>Reads text, names and words of a fixed list.</summary>
internal static partial class TextFields
{
    internal const int MaximumLength = 256;

    /// <summary>
    /// Text on one line. Unquoted values that another YAML reader would take for a number or a boolean must be quoted:
    /// <c>env: no</c> is the text "no" for one tool and false for the next.
    /// </summary>
    public static string? Text(this PolicyField field, int maximumLength = MaximumLength)
    {
        if (field.Node is not PolicyNode.Scalar scalar)
        {
            field.MustBe("text");
            return null;
        }

        if (!scalar.IsQuoted && (NumberLike().IsMatch(scalar.Text) || IsBooleanLike(scalar.Text)))
        {
            field.MustBe(IsBooleanLike(scalar.Text)
                ? "text, which needs quotes where YAML could read a boolean"
                : "text, which needs quotes where YAML could read a number");
            return null;
        }

        if (string.IsNullOrWhiteSpace(scalar.Text) || scalar.Text.Length > maximumLength
            || scalar.Text.Trim() != scalar.Text || scalar.Text.Any(char.IsControl))
        {
            field.MustBe($"1 to {maximumLength} characters on one line without blanks around them");
            return null;
        }

        return scalar.Text;
    }

    /// <summary>Text on any number of lines.</summary>
    public static string? Lines(this PolicyField field, int maximumLength)
    {
        if (field.Node is PolicyNode.Scalar scalar && scalar.Text.Trim() is { Length: > 0 } text && text.Length <= maximumLength
            && !text.Any(each => char.IsControl(each) && each is not ('\n' or '\r' or '\t')))
        {
            return text;
        }

        field.MustBe($"text of 1 to {maximumLength} characters");
        return null;
    }

    /// <summary>A name that is safe in file names, row keys, URLs and log lines.</summary>
    public static string? Name(this PolicyField field)
    {
        if (field.Text() is not { } text)
        {
            return null;
        }

        if (NamePattern().IsMatch(text))
        {
            return text;
        }

        field.MustBe("a name of 1 to 63 letters, digits, '-', '_' or '.', beginning with a letter or digit");
        return null;
    }

    /// <summary>A code of ISO 4217.</summary>
    public static string? Currency(this PolicyField field)
    {
        if (field.Text() is not { } text)
        {
            return null;
        }

        if (text.Length == 3 && text.All(char.IsAsciiLetterUpper))
        {
            return text;
        }

        field.MustBe("a currency of three capital letters, such as EUR");
        return null;
    }

    /// <summary>One of a list of words, exactly as written there.</summary>
    public static TChoice? Choice<TChoice>(this PolicyField field, params (string Word, TChoice Value)[] choices)
        where TChoice : struct
    {
        if (field.Node is PolicyNode.Scalar scalar)
        {
            foreach (var (word, value) in choices)
            {
                if (scalar.Text == word)
                {
                    return value;
                }
            }
        }

        field.MustBe(string.Join(" or ", choices.Select(choice => $"'{choice.Word}'")));
        return null;
    }

    internal static bool IsBooleanLike(string text) =>
        text.ToLowerInvariant() is "true" or "false" or "yes" or "no" or "on" or "off" or "y" or "n";

    /// <summary>Everything YAML 1.1 or 1.2 may take for a number: signs, octal, hexadecimal, binary, exponents, underscores, base 60.</summary>
    [GeneratedRegex(@"\A[-+]?(\.?[0-9][0-9_,.:]*([eE][-+]?[0-9]+)?|0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|\.(inf|Inf|INF|nan|NaN|NAN))\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex NumberLike();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,62}\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex NamePattern();
}
