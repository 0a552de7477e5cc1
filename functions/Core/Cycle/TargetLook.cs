using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What is known of one target now, for what a person asks of it.</summary>
internal abstract record TargetLook
{
    private TargetLook()
    {
    }

    /// <param name="Why">Why nothing may be asked of it.</param>
    public sealed record Unknown(string Why) : TargetLook;

    /// <param name="Evaluation">What would be decided on it by itself, and all that the guards know.</param>
    /// <param name="Row">Its row.</param>
    /// <param name="Rows">Those of all targets.</param>
    /// <param name="Preflights">Reads what Azure would refuse.</param>
    public sealed record Known(TargetEvaluation Evaluation, TargetRow Row, IReadOnlyList<TargetRow> Rows, Preflights Preflights) : TargetLook;
}
