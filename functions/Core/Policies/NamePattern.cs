namespace ScaleFunctions.Core.Policies;

/// <summary>Names of sizes and regions, where <c>*</c> at the end stands for any ending. Azure compares both without regard to case.</summary>
internal static class NamePattern
{
    public static bool Fits(string pattern, string name) => pattern.EndsWith('*')
        ? name.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase)
        : name.Equals(pattern, StringComparison.OrdinalIgnoreCase);

    public static string? Read(PolicyField field)
    {
        var text = field.Text();
        if (text is null || IsPattern(text))
        {
            return text;
        }

        field.MustBe("a name of letters, digits, '_' and '-', with '*' at most at its end, such as Standard_D4s_v5 or Standard_D*");
        return null;
    }

    public static bool IsPattern(string text)
    {
        var name = text.EndsWith('*') ? text[..^1] : text;
        return text.Length is > 0 and <= 90 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');
    }
}
