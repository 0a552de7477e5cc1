namespace ScaleFunctions.Core.Policies;

/// <summary>Finds the name somebody probably meant.</summary>
internal static class NearName
{
    /// <summary>Nobody means a name this long by mistake; it also bounds the work.</summary>
    private const int MaximumLength = 64;

    /// <summary>A hint is a courtesy: it is not worth comparing with thousands of names.</summary>
    private const int MaximumCandidates = 200;

    /// <summary>"; did you mean 'x'?", or nothing when no candidate is near.</summary>
    public static string Hint(string written, IEnumerable<string> candidates)
    {
        var nearest = candidates
            .Take(MaximumCandidates)
            .Select(candidate => (Name: candidate, Distance: Distance(written, candidate)))
            .Where(near => near.Distance <= Math.Max(1, Math.Max(written.Length, near.Name.Length) / 3))
            .OrderBy(near => near.Distance)
            .ThenBy(near => near.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return nearest.Name is null ? "" : $"; did you mean '{nearest.Name}'?";
    }

    /// <summary>
    /// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment), without regard to case:
    /// <c>minimun</c> to <c>minimum</c> is 1, <c>Percent</c> to <c>percent</c> 0, <c>maxmium</c> to <c>maximum</c> 1.
    /// </summary>
    internal static int Distance(string left, string right)
    {
        if (left.Length > MaximumLength || right.Length > MaximumLength)
        {
            return int.MaxValue;
        }

        var (a, b) = (left.ToLowerInvariant(), right.ToLowerInvariant());
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                cost[i, j] = i == 0 || j == 0 ? i + j : Cheapest(cost, a, b, i, j);
            }
        }

        return cost[a.Length, b.Length];
    }

    private static int Cheapest(int[,] cost, string a, string b, int i, int j)
    {
        var substituted = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        var best = Math.Min(substituted, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
        var isSwap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        return isSwap ? Math.Min(best, cost[i - 2, j - 2] + 1) : best;
    }
}
