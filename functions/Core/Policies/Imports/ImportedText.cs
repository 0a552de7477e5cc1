using System.Globalization;
using System.Text;

namespace ScaleFunctions.Core.Policies.Imports;

/// <summary>Texts that others chose, in YAML that every reader takes for the same: names, quoted values, comments, numbers.</summary>
internal static class ImportedText
{
    /// <summary>Leaves room for a word before it and a number behind: a policy's name has 63 characters.</summary>
    private const int LongestName = 32;

    private const int LongestNote = 300;

    /// <summary>What a name looks like and YAML reads as something else than a text.</summary>
    private static readonly string[] Words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"];

    /// <summary>A name for use in policies: small letters, digits and hyphens, and no name of those that are taken, which it joins.</summary>
    /// <param name="text">What it is made of.</param>
    /// <param name="otherwise">Where nothing is left of that.</param>
    /// <param name="prefix">Goes before what YAML would read as a number or a word of its own.</param>
    /// <param name="taken">Without regard to case, as policies compare them.</param>
    public static string Name(string text, string otherwise, string prefix, HashSet<string> taken)
    {
        var letters = text.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-').Take(LongestName).ToArray();
        var name = new string(letters).Trim('-');
        name = name.Length == 0 ? otherwise : char.IsAsciiDigit(name[0]) || Words.Contains(name, StringComparer.Ordinal) ? $"{prefix}-{name}" : name;
        var unique = name;
        for (var number = 2; !taken.Add(unique); number++)
        {
            unique = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
        }

        return unique;
    }

    /// <summary>Between double quotes; what no reader of a policy may meet unseen is written by its number.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            quoted.Append(rune.Value is '"' or '\\' ? $"\\{rune}"
                : IsPlain(rune) ? $"{rune}"
                : rune.IsBmp ? string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}")
                : string.Create(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}"));
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>A note holds names that others chose: it stays on the line of its comment.</summary>
    public static string Comment(string note) => string.Concat(note.EnumerateRunes().Take(LongestNote).Select(rune => IsPlain(rune) ? $"{rune}" : " "));

    /// <summary>With the digits that a policy takes.</summary>
    public static string Number(double value) => value.ToString("0.###############", CultureInfo.InvariantCulture);

    public static string Span(TimeSpan span) => span == TimeSpan.Zero ? "0s"
        : span.Seconds == 0 ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes}m")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalSeconds}s");

    /// <summary>What can be seen, and what is seen as it is read: no control, no mark of direction, no half of a character.</summary>
    private static bool IsPlain(Rune rune) => rune.IsBmp && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
