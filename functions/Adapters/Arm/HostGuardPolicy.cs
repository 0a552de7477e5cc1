using Azure.Core;
using Azure.Core.Pipeline;

namespace ScaleFunctions.Adapters.Arm;

/// <summary>Stops a request to a host that is not allowed, before a token is fetched for it.</summary>
internal sealed class HostGuardPolicy(Func<Uri, bool> isAllowed) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var address = message.Request.Uri.ToUri();
        if (!isAllowed(address))
        {
            throw new RefusedAddressException($"An answer led to {address.Scheme}://{address.Authority}, which gets no request of ours");
        }
    }
}
