using System.Globalization;
using Azure;

namespace ScaleFunctions.Adapters.Throttling;

/// <summary>What an answer of Resource Manager tells of the limits.</summary>
internal static class RateHeaders
{
    private const string Prefix = "x-ms-ratelimit-remaining-";

    /// <summary>Requests left to this principal in the subscription or tenant, or to all of the subscription when that is less.</summary>
    public static int? Remaining(Response response, bool isWrite)
    {
        var verb = isWrite ? "writes" : "reads";
        int? least = null;
        foreach (var scope in (string[])["subscription", "subscription-global", "tenant", "tenant-global"])
        {
            if (response.Headers.TryGetValue($"{Prefix}{scope}-{verb}", out var text)
                && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var remaining) && !(remaining >= least))
            {
                least = remaining;
            }
        }

        return least;
    }

    /// <summary>
    /// The first limit of a provider's own that is used up, for example <c>HighCostGet3Min</c> of
    /// <c>Microsoft.Compute/HighCostGet3Min;0,Microsoft.Compute/LowCostGet3Min;237</c>; nothing when there is room.
    /// </summary>
    public static string? UsedUp(Response response) =>
        response.Headers.TryGetValue($"{Prefix}resource", out var text)
            ? text.Split(',', StringSplitOptions.TrimEntries).Select(each => each.Split(';'))
                .FirstOrDefault(parts => parts is [_, "0"])?[0]
            : null;
}
