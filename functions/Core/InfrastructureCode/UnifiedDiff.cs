using System.Globalization;
using System.Text;

namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>Writes changes of a file as a unified diff, for <c>git apply</c> or <c>patch -p1</c> in the directory that was looked at.</summary>
/// <remarks>
/// Lines around a change that may hold a secret are left out where there is another one, so that a patch can be shown to others.
/// </remarks>
internal static class UnifiedDiff
{
    private const int Context = 3;

    private static readonly string[] Secrets = ["password", "secret", "key", "token", "connection", "credential", "custom_data", "customdata"];

    public static string Of(CodeFile file, IReadOnlyList<TextEdit> edits)
    {
        var old = Lines(file.Text);
        var diff = new StringBuilder();
        var (shift, changes) = (0, Changes(file, edits));
        foreach (var group in Grouped(changes, old))
        {
            var (first, last) = (Before(old, group[0].From), After(old, group[^1].To));
            var text = new StringBuilder();
            var at = first;
            foreach (var change in group)
            {
                Write(text, ' ', old.Skip(at).Take(change.From - at));
                Write(text, '-', old.Skip(change.From).Take(change.To - change.From));
                Write(text, '+', change.Lines);
                at = change.To;
            }

            Write(text, ' ', old.Skip(at).Take(last - at));
            var more = group.Sum(change => change.Lines.Count - (change.To - change.From));
            diff.Append(CultureInfo.InvariantCulture, $"@@ -{Range(first, last - first)} +{Range(first + shift, last - first + more)} @@\n").Append(text);
            shift += more;
        }

        // A blank in a name needs a mark after it, or it ends there.
        var mark = file.Path.Contains(' ', StringComparison.Ordinal) ? "\t" : "";
        return $"--- a/{file.Path}{mark}\n+++ b/{file.Path}{mark}\n{diff}";
    }

    /// <summary>The text with the changes made.</summary>
    public static string Apply(string text, IReadOnlyList<TextEdit> edits) => Apply(text, 0, text.Length, edits);

    private static string Apply(string text, int from, int to, IEnumerable<TextEdit> edits)
    {
        var result = new StringBuilder();
        var at = from;
        foreach (var edit in edits.OrderBy(edit => edit.Offset))
        {
            result.Append(text, at, edit.Offset - at).Append(edit.Text);
            at = edit.End;
        }

        return result.Append(text, at, to - at).ToString();
    }

    /// <summary>Edits as changes of whole lines; those that touch the same lines are one.</summary>
    private static List<Change> Changes(CodeFile file, IReadOnlyList<TextEdit> edits)
    {
        List<(int From, int To, List<TextEdit> Edits)> places = [];
        foreach (var edit in edits.OrderBy(edit => edit.Offset))
        {
            var from = file.LineStart(edit.Offset);
            var isBetween = edit.Length == 0 && from == edit.Offset && edit.Text.EndsWith('\n');
            var to = isBetween ? from : edit.End > from && edit.Length > 0 && file.Text[edit.End - 1] == '\n' ? edit.End : file.NextLine(edit.End);
            if (places.Count > 0 && places[^1].To > from)
            {
                var last = places[^1];
                last.Edits.Add(edit);
                places[^1] = (last.From, Math.Max(last.To, to), last.Edits);
            }
            else
            {
                places.Add((from, to, [edit]));
            }
        }

        return [.. places.Select(place => Trimmed(
            file.LineAt(place.From) - 1, Lines(file.Text[place.From..place.To]), Lines(Apply(file.Text, place.From, place.To, place.Edits))))];
    }

    private static Change Trimmed(int from, List<string> old, List<string> now)
    {
        var (head, tail) = (0, 0);
        while (head < old.Count && head < now.Count && old[head] == now[head])
        {
            head++;
        }

        while (tail < old.Count - head && tail < now.Count - head && old[^(tail + 1)] == now[^(tail + 1)])
        {
            tail++;
        }

        return new Change(from + head, from + old.Count - tail, [.. now.Skip(head).Take(now.Count - head - tail)]);
    }

    private static List<List<Change>> Grouped(List<Change> changes, IReadOnlyList<string> old)
    {
        List<List<Change>> groups = [];
        foreach (var change in changes)
        {
            if (groups.Count > 0 && After(old, groups[^1][^1].To) >= Before(old, change.From))
            {
                groups[^1].Add(change);
            }
            else
            {
                groups.Add([change]);
            }
        }

        return groups;
    }

    private static int Before(IReadOnlyList<string> old, int line)
    {
        var first = line;
        while (first > 0 && line - first < Context && !MayBeSecret(old[first - 1]))
        {
            first--;
        }

        return first;
    }

    /// <summary>At least one line, or what applies a patch takes the change for the end of the file.</summary>
    private static int After(IReadOnlyList<string> old, int line)
    {
        var last = line;
        while (last < old.Count && last - line < Context && (last == line || !MayBeSecret(old[last])))
        {
            last++;
        }

        return last;
    }

    private static bool MayBeSecret(string line) =>
        line.Contains('"', StringComparison.Ordinal) && Secrets.Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase))
        || line.Contains('\'', StringComparison.Ordinal) && Secrets.Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static string Range(int first, int count) => string.Create(CultureInfo.InvariantCulture, $"{(count == 0 ? first : first + 1)},{count}");

    private static void Write(StringBuilder text, char mark, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            text.Append(mark).Append(line);
            if (!line.EndsWith('\n'))
            {
                text.Append("\n\\ No newline at end of file\n");
            }
        }
    }

    /// <summary>Lines with their ends.</summary>
    private static List<string> Lines(string text)
    {
        List<string> lines = [];
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at) is var found and >= 0 ? found + 1 : text.Length;
            lines.Add(text[at..end]);
            at = end;
        }

        return lines;
    }

    private sealed record Change(int From, int To, IReadOnlyList<string> Lines);
}
