using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace ScaleFunctions.Adapters.Arm;

/// <summary>
/// Retries reads, within a limit on the wait. The SDK obeys any <c>Retry-After</c>, however long: one answer could hold a
/// tick for an hour.
/// </summary>
internal sealed class ReadRetryPolicy(AzureConnection connection) : RetryPolicy(Retries, connection.ReadRetryDelay)
{
    private const int Retries = 3;

    protected override bool ShouldRetry(HttpMessage message, Exception? exception) =>
        !IsToldToWaitTooLong(message) && base.ShouldRetry(message, exception);

    protected override ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        IsToldToWaitTooLong(message) ? ValueTask.FromResult(false) : base.ShouldRetryAsync(message, exception);

    private bool IsToldToWaitTooLong(HttpMessage message) =>
        message.HasResponse && RetryAfter(message.Response) is { } wait && wait > connection.LongestReadDelay;

    private TimeSpan? RetryAfter(Azure.Response response)
    {
        if (!response.Headers.TryGetValue("Retry-After", out var text))
        {
            return null;
        }

        if (double.TryParse(text, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds))
        {
            return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, TimeSpan.SecondsPerDay));
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var until) ? until - connection.Time.GetUtcNow() : null;
    }
}
