namespace ScaleFunctions.Core.Throttling;

/// <summary>Numbers that differ from worker to worker and from time to time, and are the same whenever the same is asked.</summary>
public static class Jitter
{
    /// <summary>A number from 0 to below 1.</summary>
    /// <param name="seed">Whose, for example the name of the worker and of the lane.</param>
    /// <param name="turn">The how-manieth.</param>
    public static double Of(string seed, long turn)
    {
        // FNV-1a over the text, then the finalizer of SplitMix64, which spreads neighbouring turns.
        var hash = seed.Aggregate(14695981039346656037UL, (sum, letter) => (sum ^ letter) * 1099511628211UL);
        hash += (ulong)turn * 0x9E3779B97F4A7C15UL;
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
        return ((hash ^ (hash >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
