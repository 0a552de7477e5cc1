namespace ScaleFunctions.App.Hosting.Api;

/// <summary>How far a person wants a changed set of policies to go. Parameters, because a generated reader ignores what properties begin with.</summary>
/// <param name="By">Who; empty when absent, and refused then.</param>
/// <param name="Reason">Why; likewise.</param>
/// <param name="All">Whether it is to count for all at once, and not for the next ring.</param>
/// <param name="Set">Which set is meant, as in <see cref="RolloutDesk.PromoteAsync"/>.</param>
/// <param name="Ring">Which ring has it, as in <see cref="RolloutDesk.PromoteAsync"/>.</param>
internal sealed record RolloutCall(string By = "", string Reason = "", bool All = false, string? Set = null, string? Ring = null) : ICallBy<RolloutCall>
{
    public RolloutCall As(string by) => this with { By = by };
}
