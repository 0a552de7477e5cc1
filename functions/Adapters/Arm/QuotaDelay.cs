using Azure;
using Azure.Core;
using ScaleFunctions.Adapters.Throttling;

namespace ScaleFunctions.Adapters.Arm;

/// <summary>
/// How long a read waits before it is tried again. The SDK knows <c>Retry-After</c> and its two spellings in milliseconds; Cost
/// Management says in headers of its own when its units are there again, and asking sooner is refused and counted.
/// </summary>
internal sealed class QuotaDelay(AzureConnection connection) : DelayStrategy(connection.LongestReadDelay, jitterFactor: 0)
{
    private readonly DelayStrategy _usual = connection.ReadRetryDelay ?? CreateExponentialDelayStrategy();

    protected override TimeSpan GetNextDelayCore(Response? response, int retryNumber)
    {
        var usual = _usual.GetNextDelay(response, retryNumber);

        // What is said in milliseconds goes before everything else, as it does for the SDK.
        return response is null || response.Headers.Contains("retry-after-ms")
            || RetryAfter.Of(response, connection.Time.GetUtcNow()) is not { } told || told < usual ? usual : told;
    }
}
