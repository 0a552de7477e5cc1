namespace ScaleFunctions.Core.Throttling;

/// <summary>Requests that Azure throttles together: of one subscription to one provider, reads and writes apart.</summary>
/// <param name="Subscription">Its id; empty for requests about the whole tenant.</param>
/// <param name="Provider">A namespace such as <c>Microsoft.Compute</c>, or the host of another service.</param>
/// <param name="IsWrite">Whether it changes something.</param>
public sealed record RequestLane(string Subscription, string Provider, bool IsWrite)
{
    /// <summary>In lower case and without slashes: equal lanes have equal keys.</summary>
    public string Key => $"{Subscription}|{Provider}|{(IsWrite ? "writes" : "reads")}".ToLowerInvariant();

    public override string ToString() =>
        $"{(IsWrite ? "writes" : "reads")} of {Provider}{(Subscription.Length == 0 ? "" : $" in subscription {Subscription}")}";
}
