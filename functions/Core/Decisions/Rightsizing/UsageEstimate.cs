namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>What is known of the use of something.</summary>
public abstract record UsageEstimate
{
    private UsageEstimate()
    {
    }

    public sealed record Known : UsageEstimate
    {
        /// <summary>At the percentile asked for: cores of all instances, or GiB of one.</summary>
        public required double Typical { get; init; }

        /// <summary>What has less than this is too small.</summary>
        public required double Lower { get; init; }

        /// <summary>What has more than this is too large; infinite without a history.</summary>
        public required double Upper { get; init; }

        /// <summary>
        /// What must fit even without headroom: of processors the 99.5th percentile of single minutes, all of the look-back counting
        /// alike, because means of half an hour hide bursts; of memory the most that was ever seen.
        /// </summary>
        public required double Burst { get; init; }

        /// <summary>The most of a single sample.</summary>
        public required double Highest { get; init; }

        public required double Mean { get; init; }

        /// <summary>In days, see <see cref="HistoryConfidence"/>.</summary>
        public required double Confidence { get; init; }

        /// <summary>As if the estimate were its upper bound.</summary>
        public Known AtUpper() => this with { Typical = Math.Max(Typical, Upper) };
    }

    /// <param name="Why">For people.</param>
    /// <param name="IsShort">Whether there is something, but too little of it.</param>
    public sealed record Unknown(string Why, bool IsShort) : UsageEstimate;
}
