namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>A file of infrastructure code. It may hold thousands of resources, so nothing that is asked for each goes through all of it.</summary>
/// <param name="path">Where it is, relative to the directory that is looked at, with forward slashes.</param>
/// <param name="text">What is in it.</param>
public sealed class CodeFile(string path, string text)
{
    private readonly Lazy<List<int>> _lineEnds = new(() => LineEnds(text));

    public string Path => path;

    public string Text => text;

    /// <summary>The line an offset is in, counted from 1.</summary>
    public int LineAt(int offset)
    {
        // Where the search would put the offset in is how many lines end before it.
        var found = _lineEnds.Value.BinarySearch(offset);
        return 1 + (found >= 0 ? found : ~found);
    }

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
    internal string NewLine { get; } = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    private static List<int> LineEnds(string text)
    {
        List<int> ends = [];
        for (var end = text.IndexOf('\n', StringComparison.Ordinal); end >= 0; end = text.IndexOf('\n', end + 1))
        {
            ends.Add(end);
        }

        return ends;
    }
}
