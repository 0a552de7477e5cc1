namespace ScaleFunctions.App.Hosting.Api;

/// <summary>Which set of policies a person chooses. Parameters, because a generated reader ignores what properties begin with.</summary>
/// <param name="By">Who; empty when absent, and refused then.</param>
/// <param name="Reason">Why; likewise.</param>
/// <param name="Set">The hash of a kept set or the beginning of it; <c>latest</c> for what the files say.</param>
internal sealed record PolicyCall(string By = "", string Reason = "", string Set = "") : ICallBy<PolicyCall>
{
    public PolicyCall As(string by) => this with { By = by };
}
