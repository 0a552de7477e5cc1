using Azure.Core;
using Azure.Core.Pipeline;

namespace ScaleFunctions.Adapters.Arm;

/// <summary>Reads one resource as it is, without a model that would drop what it does not know.</summary>
internal static class BodyReader
{
    /// <summary>Far more than any resource with fifty long tags has.</summary>
    public const int LargestBody = 512 * 1024;

    /// <param name="pipeline">With retries, or without.</param>
    /// <param name="address">Of the resource, at Resource Manager.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <param name="largest">Bytes the answer may have.</param>
    public static async Task<BodyReading> ReadAsync(HttpPipeline pipeline, Uri address, CancellationToken cancellationToken, int largest = LargestBody)
    {
        using var message = pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Get;
        message.Request.Uri.Reset(address);
        message.Request.Headers.Add(HttpHeader.Common.JsonAccept);
        try
        {
            await pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
            if (message.Response.Status == 200)
            {
                return message.Response.Content.ToMemory().Length > largest
                    ? new BodyReading.Unreadable("the answer is too long for a resource")
                    : new BodyReading.Found(message.Response.Content);
            }

            // 404 alone could also be a wrong address or a subscription we may not see.
            var error = ArmError.Parse(message.Response);
            return error is { Status: 404, Code: "ResourceNotFound" or "ResourceGroupNotFound" or "ParentResourceNotFound" }
                ? new BodyReading.Gone()
                : new BodyReading.Refused(error);
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            return new BodyReading.Unreadable(AzureFaults.Describe(exception));
        }
    }
}
