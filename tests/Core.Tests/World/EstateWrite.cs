using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Tests.World;

/// <summary>One write that reached the model Azure, and the tick whose message caused it.</summary>
internal sealed record EstateWrite(TargetId Target, int From, int Goal, string Tick, WriteAttempt Attempt)
{
    public bool IsLowering => Goal < From;

    public bool IsEffective => Attempt.Landed is not null;
}
