namespace ScaleFunctions.Core.Policies;

/// <summary>How many resources of a ring may have a trouble.</summary>
/// <param name="Most">A number of resources, or a part of them from 0 to less than 1.</param>
/// <param name="IsShare">Which of both.</param>
public sealed record RingLimit(double Most, bool IsShare)
{
    public static RingLimit None { get; } = new(0, IsShare: false);

    public bool Allows(int count, int members) => count <= (IsShare ? Most * members : Most);

    public override string ToString() => FormattableString.Invariant($"{(IsShare ? Most * 100 : Most):0.###}{(IsShare ? " %" : "")}");
}
