namespace ScaleFunctions.App.Hosting.Api;

/// <summary>Other bounds for a while. Parameters, because a generated reader ignores what properties begin with.</summary>
/// <param name="By">Who; empty when absent, and refused then.</param>
/// <param name="Reason">Why; likewise.</param>
/// <param name="Minutes">How long; needed.</param>
/// <param name="Minimum">Least instances meanwhile; as the policy says when absent.</param>
/// <param name="Maximum">Most instances meanwhile; likewise.</param>
internal sealed record OverrideCall(string By = "", string Reason = "", int? Minutes = null, int? Minimum = null, int? Maximum = null) : ICallBy<OverrideCall>
{
    public OverrideCall As(string by) => this with { By = by };
}
