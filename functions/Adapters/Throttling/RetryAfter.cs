using System.Globalization;
using Azure;

namespace ScaleFunctions.Adapters.Throttling;

/// <summary>How long an answer says to wait.</summary>
internal static class RetryAfter
{
    // Compute and storage say it in milliseconds, Cost Management and Consumption in headers of their own.
    private static readonly (string Header, double Seconds)[] Headers =
    [
        ("Retry-After", 1),
        ("x-ms-retry-after-ms", 0.001),
        ("x-ms-ratelimit-microsoft.costmanagement-qpu-retry-after", 1),
        ("x-ms-ratelimit-microsoft.costmanagement-entity-retry-after", 1),
        ("x-ms-ratelimit-microsoft.costmanagement-clienttype-retry-after", 1),
        ("x-ms-ratelimit-microsoft.costmanagement-tenant-retry-after", 1),
        ("x-ms-ratelimit-microsoft.consumption-retry-after", 1),
    ];

    /// <summary>The longest of what it says, at most a day; nothing when it says nothing.</summary>
    public static TimeSpan? Of(Response response, DateTimeOffset now)
    {
        TimeSpan? longest = null;
        foreach (var (header, unit) in Headers)
        {
            if (response.Headers.TryGetValue(header, out var text) && Parse(text, unit, now) is { } wait && !(wait <= longest))
            {
                longest = wait;
            }
        }

        return longest;
    }

    private static TimeSpan? Parse(string text, double unit, DateTimeOffset now) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? TimeSpan.FromSeconds(Math.Clamp(number * unit, 0, TimeSpan.SecondsPerDay))
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var until)
            ? TimeSpan.FromSeconds(Math.Clamp((until - now).TotalSeconds, 0, TimeSpan.SecondsPerDay))
        : null;
}
