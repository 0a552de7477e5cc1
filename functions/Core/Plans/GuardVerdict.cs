namespace ScaleFunctions.Core.Plans;

/// <summary>What a guard says of a change.</summary>
public abstract record GuardVerdict
{
    private GuardVerdict()
    {
    }

    public sealed record Pass : GuardVerdict;

    /// <summary>A smaller change in the same direction is fine.</summary>
    public sealed record Limit(string Guard, int Goal, GuardReason Reason) : GuardVerdict;

    public sealed record Block(string Guard, GuardReason Reason) : GuardVerdict;
}
