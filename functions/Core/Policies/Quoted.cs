namespace ScaleFunctions.Core.Policies;

/// <summary>Text of a file as an error message shows it: on one line, and short.</summary>
internal static class Quoted
{
    private const int MaximumLength = 60;

    public static string Text(string text)
    {
        var shown = text.Length <= MaximumLength ? text : string.Concat(text.AsSpan(0, MaximumLength), "…");
        return $"'{string.Concat(shown.Select(character => char.IsControl(character) || char.IsSurrogate(character) ? '·' : character))}'";
    }

    public static string List(IEnumerable<string> words) => string.Join(", ", words);
}
