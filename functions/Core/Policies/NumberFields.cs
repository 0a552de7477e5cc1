using System.Globalization;
using System.Text.RegularExpressions;

namespace ScaleFunctions.Core.Policies;

/// <summary>
/// Reads numbers in the one notation that every YAML and JSON reader takes for the same number: decimal digits, an optional
/// minus, an optional decimal point. Octal (<c>010</c>), hexadecimal, underscores, exponents, infinities are refused.
/// </summary>
internal static partial class NumberFields
{
    public static int? WholeNumber(this PolicyField field, int minimum, int maximum)
    {
        if (PlainText(field) is not { } text || !WholeNumberPattern().IsMatch(text))
        {
            field.MustBe($"a whole number such as {Math.Max(minimum, 3)} (decimal digits, no leading zero, no quotes)");
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= minimum && value <= maximum)
        {
            return value;
        }

        field.MustBe($"from {minimum} to {maximum}");
        return null;
    }

    /// <summary>A number above zero, at most <paramref name="maximum"/>.</summary>
    public static double? PositiveNumber(this PolicyField field, double maximum)
    {
        if (Number(field) is not { } value)
        {
            return null;
        }

        if (value > 0 && value <= maximum)
        {
            return value;
        }

        field.MustBe(string.Create(CultureInfo.InvariantCulture, $"more than 0 and at most {maximum:0.###}"));
        return null;
    }

    /// <summary>A number from zero up to <paramref name="maximum"/>.</summary>
    /// <param name="field">The value.</param>
    /// <param name="maximum">The largest that is accepted.</param>
    /// <param name="otherwise">What else would do, for the message.</param>
    public static double? NumberFromZero(this PolicyField field, double maximum, string otherwise)
    {
        if (PlainText(field) is { } text && NumberPattern().IsMatch(text)
            && double.Parse(text, CultureInfo.InvariantCulture) is >= 0 and var value && value <= maximum)
        {
            return value;
        }

        field.MustBe($"a number of at least 0{otherwise}");
        return null;
    }

    /// <summary>A share written <c>10%</c> or <c>0.1</c>, at least 0 and less than 1.</summary>
    public static double? Share(this PolicyField field)
    {
        if (field.Node is not PolicyNode.Scalar scalar)
        {
            field.MustBe("a share such as 10% or 0.1");
            return null;
        }

        var isPercent = scalar.Text.EndsWith('%');
        var digits = isPercent ? scalar.Text[..^1] : scalar.Text;
        if ((scalar.IsQuoted && !isPercent) || !NumberPattern().IsMatch(digits))
        {
            field.MustBe("a share such as 10% or 0.1");
            return null;
        }

        var value = double.Parse(digits, CultureInfo.InvariantCulture) / (isPercent ? 100 : 1);
        if (value is >= 0 and < 1)
        {
            return value;
        }

        field.MustBe("a share from 0% up to, but not including, 100% (0 to 1)");
        return null;
    }

    /// <summary>The number, or null when the text is not one in the one notation.</summary>
    internal static double? Parse(string text) => NumberPattern().IsMatch(text) ? double.Parse(text, CultureInfo.InvariantCulture) : null;

    private static double? Number(PolicyField field)
    {
        if (PlainText(field) is { } text && NumberPattern().IsMatch(text))
        {
            return double.Parse(text, CultureInfo.InvariantCulture);
        }

        field.MustBe("a number such as 60 or 62.5 (decimal digits, no leading zero, no quotes)");
        return null;
    }

    private static string? PlainText(PolicyField field) => field.Node is PolicyNode.Scalar { IsQuoted: false } scalar ? scalar.Text : null;

    [GeneratedRegex(@"\A(-?[1-9][0-9]*|0)\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex WholeNumberPattern();

    [GeneratedRegex(@"\A-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex NumberPattern();
}
