using System.Text.Json;
using Azure;
using Azure.Core;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Signals;

namespace ScaleFunctions.Adapters.Metrics;

/// <summary>One call of the metrics batch API; our own client, because the SDK's package cannot be had (ADR 0002).</summary>
internal sealed class MetricBatchClient(ArmPipelines arm)
{
    public async Task<MetricBatchResult> ReadAsync(MetricBatch batch, MetricRequest request, CancellationToken cancellationToken)
    {
        using var message = arm.Metrics.CreateMessage();
        message.Request.Method = RequestMethod.Post;
        message.Request.Uri.Reset(batch.Address(request, ApiVersions.MetricBatches));
        message.Request.Headers.Add(HttpHeader.Common.JsonContentType);
        message.Request.Headers.Add(HttpHeader.Common.JsonAccept);
        var ids = new MetricBatchIds([.. batch.Resources.Select(resource => resource.Id)]);
        message.Request.Content = RequestContent.Create(JsonSerializer.SerializeToUtf8Bytes(ids, MetricsJson.Default.MetricBatchIds));
        try
        {
            await arm.Metrics.SendAsync(message, cancellationToken).ConfigureAwait(false);
            return Interpret(message.Response, batch, request);
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            return new MetricBatchResult.Failed(AzureFaults.Describe(exception));
        }
    }

    /// <summary>The series without counts, should the answer have some that nobody asked for.</summary>
    private static Dictionary<string, MetricSeries> Uncounted(Dictionary<string, MetricSeries> series) =>
        series.ToDictionary(each => each.Key, each => each.Value switch
        {
            MetricSeries.Received received => new MetricSeries.Received(Uncounted(received.Points)),
            MetricSeries.Split split => new MetricSeries.Split([.. split.Parts.Select(part => part with { Points = Uncounted(part.Points) })]),
            _ => each.Value,
        });

    private static IReadOnlyList<MetricPoint> Uncounted(IReadOnlyList<MetricPoint> points) => [.. points.Select(point => point with { Count = null })];

    private static MetricBatchResult Interpret(Response response, MetricBatch batch, MetricRequest request)
    {
        switch (response.Status)
        {
            case 200:
                using (var document = JsonDocument.Parse(response.Content))
                {
                    var series = MetricBatchAnswer.Read(document.RootElement, request);
                    return new MetricBatchResult.Answered(batch.CountsInstances(request.Metric) ? series : Uncounted(series));
                }

            // One resource that is gone or of another kind spoils the answer for all; these statuses are about something else.
            case >= 400 and < 500 and not (401 or 408 or 429):
                return new MetricBatchResult.Refused(ArmError.Parse(response).Describe());
            default:
                return new MetricBatchResult.Failed(ArmError.Parse(response).Describe());
        }
    }
}
