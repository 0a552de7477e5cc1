using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Tests.World;

/// <summary>One write that reached the model Azure, the tick whose message caused it, and whether the target was in doubt.</summary>
internal sealed record EstateWrite(TargetId Target, int From, int Goal, string Tick, bool IsInDoubt, WriteAttempt Attempt)
{
    public bool IsLowering => Goal < From;

    public bool IsEffective => Attempt.Landed is not null;
}
