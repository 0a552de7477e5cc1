using Azure.Core;
using Azure.Core.Pipeline;

namespace ScaleFunctions.Adapters.Arm;

/// <summary>Stops whatever is no read. Some reads of Azure are POSTs, because their questions are long: these are known by their paths.</summary>
internal sealed class ReadOnlyPolicy : HttpPipelineSynchronousPolicy
{
    private static readonly string[] Questions = ["/providers/Microsoft.ResourceGraph/resources", "/metrics:getBatch", "/query", "/providers/Microsoft.CostManagement/forecast"];

    public override void OnSendingRequest(HttpMessage message)
    {
        var (method, path) = (message.Request.Method, message.Request.Uri.ToUri().AbsolutePath);
        var isRead = method == RequestMethod.Get || method == RequestMethod.Head
            || (method == RequestMethod.Post && Questions.Any(question => path.EndsWith(question, StringComparison.OrdinalIgnoreCase)));
        if (!isRead)
        {
            throw new RefusedAddressException($"{method} {path} is no read, and nothing else is sent here");
        }
    }
}
