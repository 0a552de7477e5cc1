namespace ScaleFunctions.Core.Plans;

/// <summary>What a guard says of a change.</summary>
public abstract record GuardVerdict
{
    private GuardVerdict()
    {
    }

    /// <param name="Note">What the guard could not judge; absent when it judged all of it.</param>
    public sealed record Pass(GuardReason? Note = null) : GuardVerdict;

    /// <summary>A smaller change in the same direction is fine.</summary>
    public sealed record Limit(string Guard, int Goal, GuardReason Reason) : GuardVerdict;

    public sealed record Block(string Guard, GuardReason Reason) : GuardVerdict;
}
