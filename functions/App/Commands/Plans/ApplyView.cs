namespace ScaleFunctions.App.Commands.Plans;

/// <summary>What was planned, and what became of it.</summary>
/// <param name="IsApplied">Whether anything was done; not when nothing was to do, or nobody said yes.</param>
/// <param name="Plan">What was to be done.</param>
/// <param name="UnderWay">Targets on which earlier ticks left something unfinished, when the plan was made.</param>
/// <param name="Actions">What was done.</param>
internal sealed record ApplyView(bool IsApplied, IReadOnlyList<PlanLine> Plan, IReadOnlyList<string> UnderWay, IReadOnlyList<ApplyLine> Actions)
{
    /// <summary>How the verb ends, once it has acted.</summary>
    /// <param name="planned">How the plan ended.</param>
    /// <param name="isLeft">Whether something that was waited for did not come in time.</param>
    public int ExitCode(int planned, bool isLeft) =>
        Actions.Any(line => line.Result == ApplyResult.Failed) ? ExitCodes.NotAllDone
        : isLeft || Actions.Any(line => line.Result == ApplyResult.Left) ? ExitCodes.WouldChange
        : planned is ExitCodes.Failed or ExitCodes.Partial ? planned
        : ExitCodes.Done;
}
