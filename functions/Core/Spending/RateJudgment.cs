namespace ScaleFunctions.Core.Spending;

/// <summary>What is spent an hour now, held against this hour of other days.</summary>
public abstract record RateJudgment
{
    private RateJudgment()
    {
    }

    /// <param name="Now">What is spent an hour.</param>
    /// <param name="Usual">The median of this hour.</param>
    /// <param name="Most">The upper edge of the band.</param>
    /// <param name="More">By resource what it costs more than in this hour of other days, most first.</param>
    public sealed record Judged(decimal Now, decimal Usual, decimal Most, IReadOnlyList<KeyValuePair<string, decimal>> More) : RateJudgment
    {
        public bool IsAnomaly => Now > Most;
    }

    /// <param name="Why">For people.</param>
    public sealed record NotJudged(string Why) : RateJudgment;
}
