using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Signals;

/// <summary>What the metrics of a guard say over a span.</summary>
public abstract record GuardStanding
{
    private GuardStanding()
    {
    }

    /// <summary>They were read for all of the span, but for what is still on its way, and are within their bounds.</summary>
    public sealed record Within : GuardStanding;

    /// <summary>One is beyond its bound, or was for so long that it is no chance.</summary>
    /// <param name="Bound">Which.</param>
    /// <param name="Value">The last value beyond it.</param>
    /// <param name="IsLasting">Whether it was for so long, without a minute between that was within or not known.</param>
    public sealed record Breached(GuardBound Bound, double Value, bool IsLasting) : GuardStanding;

    /// <summary>Nobody knows: that neither proves a size bad, nor good.</summary>
    public sealed record InDoubt(string Why) : GuardStanding;
}
