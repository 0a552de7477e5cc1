namespace ScaleFunctions.App.Hosting.Api;

/// <summary>An answer to a request. Parameters, because a generated reader ignores what properties begin with.</summary>
/// <param name="By">Who; empty when absent, and refused then.</param>
/// <param name="Reason">Why; likewise.</param>
/// <param name="BreakGlass">Approves what the same person asked for; it is marked and alerted.</param>
internal sealed record ApprovalCall(string By = "", string Reason = "", bool BreakGlass = false) : ICallBy<ApprovalCall>
{
    public ApprovalCall As(string by) => this with { By = by };
}
