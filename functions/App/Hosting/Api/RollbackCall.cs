namespace ScaleFunctions.App.Hosting.Api;

/// <summary>That an action is to be taken back. Parameters, because a generated reader ignores what properties begin with.</summary>
/// <param name="By">Who; empty when absent, and refused then.</param>
/// <param name="Reason">Why; likewise.</param>
/// <param name="HoldMinutes">How long nothing automatic does the same again; as usual when absent.</param>
/// <param name="DryRun">Only tells what would be done.</param>
internal sealed record RollbackCall(string By = "", string Reason = "", int? HoldMinutes = null, bool DryRun = false) : ICallBy<RollbackCall>
{
    public RollbackCall As(string by) => this with { By = by };
}
