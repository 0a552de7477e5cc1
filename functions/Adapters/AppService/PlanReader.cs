using System.Text.Json;
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
    public async Task<PlanReading> ReadAsync(HttpPipeline pipeline, TargetId target, CancellationToken cancellationToken) =>
        await BodyReader.ReadAsync(pipeline, ResourceAddress.Of(arm.Connection, target, ApiVersions.Plans), cancellationToken, PlanBody.LargestBody).ConfigureAwait(false) switch
        {
            BodyReading.Found found => Read(target, found.Body),
            BodyReading.Gone => new PlanReading.Gone(),
            BodyReading.Refused refused => new PlanReading.Refused(refused.Error),
            BodyReading.Unreadable unreadable => new PlanReading.Unreadable(unreadable.Reason),
            var other => throw new InvalidOperationException($"a body cannot be read as {other.GetType().Name}"),
        };

    private static PlanReading Read(TargetId target, BinaryData body)
    {
        try
        {
            using var document = PlanBody.Parse(body);
            return PlanAnswer.Read(document.RootElement, out var problem) is not { } plan ? new PlanReading.Unreadable(problem)
                : plan.Id != target ? new PlanReading.Unreadable("the answer is about another resource")
                : new PlanReading.Found(plan, body);
        }
        catch (JsonException exception)
        {
            return new PlanReading.Unreadable(AzureFaults.Describe(exception));
        }
    }
}
