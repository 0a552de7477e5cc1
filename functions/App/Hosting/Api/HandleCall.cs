namespace ScaleFunctions.App.Hosting.Api;

/// <summary>What a person wants of a handle. Parameters, because a generated reader ignores what properties begin with.</summary>
/// <param name="By">Who; empty when absent, and refused then.</param>
/// <param name="Reason">Why; likewise.</param>
/// <param name="Minutes">How long; until undone when absent.</param>
internal sealed record HandleCall(string By = "", string Reason = "", int? Minutes = null) : ICallBy<HandleCall>
{
    public HandleCall As(string by) => this with { By = by };
}
