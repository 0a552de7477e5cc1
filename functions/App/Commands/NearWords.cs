namespace ScaleFunctions.App.Commands;

/// <summary>Finds what somebody meant who mistyped a verb or an option.</summary>
internal static class NearWords
{
    /// <summary>The nearest of the words that differs by a few letters, or goes on where the typed one ends; nothing when none is near.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="known">What could have been.</param>
    public static string? Of(string typed, IEnumerable<string> known)
    {
        // Of a short word two letters are half of it.
        var most = typed.Length <= 4 ? 1 : 2;
        return known
            .Where(word => !string.Equals(word, typed, StringComparison.Ordinal))
            .Select(word => (Word: word, Distance: word.StartsWith(typed, StringComparison.OrdinalIgnoreCase) && typed.Trim('-').Length > 1 ? 1 : Distance(typed.ToLowerInvariant(), word.ToLowerInvariant())))
            .Where(each => each.Distance <= most)
            .OrderBy(each => each.Distance).ThenBy(each => each.Word, StringComparer.Ordinal)
            .Select(each => each.Word)
            .FirstOrDefault();
    }

    /// <summary>Letters to add, take away, change, or swap with the next one: optimal string alignment.</summary>
    private static int Distance(string one, string other)
    {
        var before = new int[other.Length + 1];
        var last = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var row = new int[other.Length + 1];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, last) = (last, row);
        }

        return last[^1];
    }
}
