using ScaleFunctions.Core.Decisions.Rightsizing;

namespace ScaleFunctions.Core.Decisions.Sizing;

/// <summary>Why a size is wanted, or kept, as case and numbers.</summary>
public abstract record SizeReason
{
    private SizeReason()
    {
    }

    /// <summary>An instance is short of something.</summary>
    public sealed record Scarce(UsedPart Part, double Mean, double Above, TimeSpan For) : SizeReason;

    /// <summary>Most of it is idle, and the smaller size would carry what was used at the busiest moment.</summary>
    /// <param name="Cpu">What 95 of 100 samples do not exceed, now.</param>
    /// <param name="Memory">Likewise.</param>
    /// <param name="ProjectedCpu">The busiest sample on the smaller size.</param>
    /// <param name="ProjectedMemory">Likewise.</param>
    /// <param name="For">How far back.</param>
    public sealed record Idle(double Cpu, double Memory, double ProjectedCpu, double ProjectedMemory, TimeSpan For) : SizeReason;

    /// <summary>The use is where the size is right.</summary>
    public sealed record Fits(UsedPart Part, double Usual, double DownBelow, double UpAbove) : SizeReason;

    /// <summary>It would be idle enough, but the smaller size would be short of something.</summary>
    public sealed record WouldBeShort(string Size, UsedPart Part, double Projected, double Above) : SizeReason;

    /// <summary>More is wanted than the ladder has.</summary>
    public sealed record AtTop(SizeReason Wish) : SizeReason;

    /// <summary>Less would do than the ladder has.</summary>
    public sealed record AtBottom : SizeReason;

    public sealed record NotOnLadder(string Size, IReadOnlyList<string> Sizes) : SizeReason;

    /// <summary>A finding of rightsizing asks for it.</summary>
    public sealed record Found(KeptFinding Finding) : SizeReason;

    /// <summary>A finding asks for another size or count, and is not carried out now.</summary>
    public sealed record FindingWaits(KeptFinding Finding, string Why) : SizeReason;

    /// <summary>Rightsizing asks for nothing.</summary>
    public sealed record NothingFound(string Why) : SizeReason;

    /// <summary>Size and count together carry the load for less.</summary>
    public sealed record Cheaper(string Size, string Why) : SizeReason;

    /// <summary>Nothing on the ladder does so well enough to be worth a change.</summary>
    public sealed record PlannerKeeps(string Why) : SizeReason;

    /// <summary>Nobody needs more for a while, or it gets back what it had.</summary>
    public sealed record OffHours(string Why) : SizeReason;

    /// <summary>A step of a budget gives it a cheaper size, which carries the load as well.</summary>
    /// <param name="Budget">Name of the policy.</param>
    /// <param name="Step">Name of the step.</param>
    /// <param name="Now">What an instance costs an hour.</param>
    /// <param name="Then">What one of the cheaper size costs.</param>
    /// <param name="Currency">ISO 4217 code of both.</param>
    /// <param name="Projected">The busiest samples on it.</param>
    public sealed record UnderBudget(string Budget, string Step, decimal Now, decimal Then, string Currency, SizeProjection Projected) : SizeReason;

    /// <summary>A step of a budget would give it a cheaper size, and does not.</summary>
    public sealed record NotUnderBudget(string Budget, string Step, string Why) : SizeReason;

    /// <summary>A step of a budget keeps it on a cheaper size.</summary>
    public sealed record HeldByBudget(string Budget, string Step, string Own) : SizeReason;

    /// <summary>A step of a budget is over: it gets the size back that it had.</summary>
    public sealed record BackFromBudget(string Budget, string Step) : SizeReason;

    /// <summary>What must be known is not.</summary>
    public sealed record InDoubt(string Why) : SizeReason;
}
