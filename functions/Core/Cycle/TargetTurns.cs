using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Spreads work over time by the id of a target: the same in every process and after every restart.</summary>
internal static class TargetTurns
{
    /// <summary>Which of so many turns is the target's, from 0 on.</summary>
    public static int Of(TargetId target, int turns) => (int)(HashOf(target) % (ulong)turns);

    /// <summary>A time of its own for the target, in whole minutes below the longest one.</summary>
    public static TimeSpan Within(TargetId target, TimeSpan longest) =>
        TimeSpan.FromMinutes((HashOf(target) >> 32) % (ulong)longest.TotalMinutes);

    /// <summary>
    /// The same targets, beginning with another each time: who comes last and is left over in one turn comes early in a
    /// later one. Steps of the golden section of the circle leave no part of it out for long, whatever the number of targets.
    /// </summary>
    public static IReadOnlyList<T> Rotate<T>(IReadOnlyList<T> targets, long turn)
    {
        var first = (int)(targets.Count * (turn * GoldenSection % 1));
        return [.. targets.Skip(first), .. targets.Take(first)];
    }

    private const double GoldenSection = 0.618_033_988_749_895;

    /// <summary>FNV-1a.</summary>
    private static ulong HashOf(TargetId target)
    {
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var letter in target.Key)
        {
            hash = (hash ^ letter) * 1_099_511_628_211UL;
        }

        return hash;
    }
}
