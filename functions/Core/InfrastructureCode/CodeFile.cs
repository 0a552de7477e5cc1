namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>A file of infrastructure code.</summary>
/// <param name="Path">Where it is, relative to the directory that is looked at, with forward slashes.</param>
/// <param name="Text">What is in it.</param>
public sealed record CodeFile(string Path, string Text)
{
    /// <summary>The line an offset is in, counted from 1.</summary>
    public int LineAt(int offset) => 1 + Text.AsSpan(0, Math.Min(offset, Text.Length)).Count('\n');

    /// <summary>Where the line of an offset begins.</summary>
    internal int LineStart(int offset) => offset == 0 ? 0 : Text.LastIndexOf('\n', offset - 1) + 1;

    /// <summary>Where the line after that of an offset begins; the end of the text when there is none.</summary>
    internal int NextLine(int offset) => Text.IndexOf('\n', offset) is var end and >= 0 ? end + 1 : Text.Length;

    /// <summary>Blanks that the line of an offset begins with.</summary>
    internal string IndentAt(int offset)
    {
        var start = LineStart(offset);
        var end = start;
        while (end < Text.Length && Text[end] is ' ' or '\t')
        {
            end++;
        }

        return Text[start..end];
    }

    /// <summary>How its lines end.</summary>
    internal string NewLine => Text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
}
