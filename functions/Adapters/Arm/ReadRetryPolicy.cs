using Azure.Core;
using Azure.Core.Pipeline;
using ScaleFunctions.Adapters.Throttling;

namespace ScaleFunctions.Adapters.Arm;

/// <summary>
/// Retries reads, within a limit on the wait. The SDK obeys any <c>Retry-After</c>, however long: one answer could hold a
/// tick for an hour. Nor does it wait past the deadline of the work at hand.
/// </summary>
internal sealed class ReadRetryPolicy(AzureConnection connection) : RetryPolicy(Retries, new QuotaDelay(connection))
{
    private const int Retries = 3;

    protected override bool ShouldRetry(HttpMessage message, Exception? exception) =>
        !connection.Deadline.IsOver && !IsToldToWaitTooLong(message) && base.ShouldRetry(message, exception);

    protected override ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        connection.Deadline.IsOver || IsToldToWaitTooLong(message) ? ValueTask.FromResult(false) : base.ShouldRetryAsync(message, exception);

    private bool IsToldToWaitTooLong(HttpMessage message)
    {
        var now = connection.Time.GetUtcNow();
        return message.HasResponse && RetryAfter.Of(message.Response, now) is { } wait
            && (wait > connection.LongestReadDelay || now + wait > connection.Deadline.Until);
    }
}
