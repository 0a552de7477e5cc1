using Azure.Core;
using Azure.Core.Pipeline;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.AppService;

/// <summary>Reads one plan as raw JSON: a typed model would drop what it does not know, and a write sends all of it back.</summary>
internal sealed class PlanReader(ArmPipelines arm)
{
    /// <param name="pipeline">With retries, or without.</param>
    /// <param name="target">The plan.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public async Task<PlanReading> ReadAsync(HttpPipeline pipeline, TargetId target, CancellationToken cancellationToken)
    {
        using var message = pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Get;
        message.Request.Uri.Reset(ResourceAddress.Of(arm.Connection, target, ApiVersions.Plans));
        message.Request.Headers.Add(HttpHeader.Common.JsonAccept);
        try
        {
            await pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
            if (message.Response.Status == 200)
            {
                return Read(target, message.Response.Content);
            }

            // 404 alone could also be a wrong address or a subscription we may not see.
            var error = ArmError.Parse(message.Response);
            return error is { Status: 404, Code: "ResourceNotFound" or "ResourceGroupNotFound" }
                ? new PlanReading.Gone()
                : new PlanReading.Refused(error);
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            return new PlanReading.Unreadable(AzureFaults.Describe(exception));
        }
    }

    private static PlanReading Read(TargetId target, BinaryData body)
    {
        if (body.ToMemory().Length > PlanBody.LargestBody)
        {
            return new PlanReading.Unreadable("the answer is too long for a plan");
        }

        using var document = PlanBody.Parse(body);
        return PlanAnswer.Read(document.RootElement, out var problem) is not { } plan ? new PlanReading.Unreadable(problem)
            : plan.Id != target ? new PlanReading.Unreadable("the answer is about another resource")
            : new PlanReading.Found(plan, body);
    }
}
