namespace ScaleFunctions.Core.Assessments;

/// <summary>How a resource used the instances it had.</summary>
public abstract record CapacityUse
{
    private CapacityUse()
    {
    }

    public sealed record Judged : CapacityUse
    {
        /// <summary>Instances it had on the average.</summary>
        public required double MeanInstances { get; init; }

        /// <summary>Whether that is the count it has now, because its metrics do not tell what it had.</summary>
        public required bool IsCountAssumed { get; init; }

        /// <summary>The load that has to fit, in processors of whole instances.</summary>
        public required double Load { get; init; }

        /// <summary>Mean use of the processors, in percent.</summary>
        public required double MeanPercent { get; init; }

        /// <summary>Instances that the load would have fitted on.</summary>
        public required int Needed { get; init; }

        /// <summary>Changes of the count a day; absent when metrics do not tell the count.</summary>
        public double? ChangesPerDay { get; init; }

        /// <summary>Changes that took back one of the hour before, a day; absent when metrics do not tell the count.</summary>
        public double? ReversalsPerDay { get; init; }

        /// <summary>Jumps to one and the same count again and again; absent when there were none.</summary>
        public RepeatedJump? Jump { get; init; }

        /// <summary>Share of the span there are values of, of 1.</summary>
        public required double Coverage { get; init; }

        /// <summary>Whole instances that it had on the average and would not have needed.</summary>
        public int Surplus => Math.Max(0, (int)Math.Floor(MeanInstances + 1e-6) - Needed);
    }

    /// <summary>Nothing can be said.</summary>
    public sealed record Unjudged(string Why) : CapacityUse
    {
        /// <summary>Whether something went wrong: asked again it may be known.</summary>
        public bool IsGap { get; init; }
    }
}
