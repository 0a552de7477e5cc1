using Azure.Core;

namespace ScaleFunctions.Sandbox.Connections;

/// <summary>A token that only a sandbox accepts. It opens nothing at Azure.</summary>
public sealed class SandboxCredential : TokenCredential
{
    /// <param name="principal">Who the sandbox sees: throttling is counted for each principal.</param>
    public SandboxCredential(string principal = "sandbox") => Principal = principal;

    public string Principal { get; }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(Principal, DateTimeOffset.MaxValue);

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        ValueTask.FromResult(GetToken(requestContext, cancellationToken));
}
