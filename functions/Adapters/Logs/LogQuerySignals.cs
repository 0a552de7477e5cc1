using System.Text.Json;
using Azure.Core;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;

namespace ScaleFunctions.Adapters.Logs;

/// <summary>Asks Log Analytics for one number by a query (KQL); our own client, because the SDK's package cannot be had (ADR 0002).</summary>
internal sealed class LogQuerySignals(ArmPipelines arm) : IMomentarySource
{
    /// <summary>One number is wanted: an answer of this size is one to another question.</summary>
    private const int LargestAnswer = 1024 * 1024;

    public bool Reads(SignalSource source) => source is SignalSource.Query;

    public async Task<MetricSeries> ReadAsync(SignalSource source, CancellationToken cancellationToken)
    {
        var query = (SignalSource.Query)source;
        var at = arm.Connection.Time.GetUtcNow();
        using var message = arm.Logs.CreateMessage();
        message.Request.Method = RequestMethod.Post;
        message.Request.Uri.Reset(new Uri($"https://{arm.Connection.LogsHost}/v1/workspaces/{Uri.EscapeDataString(query.Workspace)}/query"));
        message.Request.Headers.Add(HttpHeader.Common.JsonContentType);
        message.Request.Headers.Add(HttpHeader.Common.JsonAccept);

        // The service gives up after three minutes unless it is told; a tick cannot wait as long.
        message.Request.Headers.Add("Prefer", "wait=20");
        message.Request.Content = RequestContent.Create(JsonSerializer.SerializeToUtf8Bytes(new LogQueryBody(query.Text), LogsJson.Default.LogQueryBody));
        try
        {
            await arm.Logs.SendAsync(message, cancellationToken).ConfigureAwait(false);
            var response = message.Response;
            if (response.Status != 200)
            {
                return new MetricSeries.Failed(ArmError.Parse(response).Describe());
            }

            if (response.Content.ToMemory().Length > LargestAnswer)
            {
                return new MetricSeries.Failed("the query answers more than one number");
            }

            using var document = JsonDocument.Parse(response.Content);
            return LogQueryAnswer.Read(document.RootElement, at);
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            return new MetricSeries.Failed(AzureFaults.Describe(exception));
        }
    }
}
