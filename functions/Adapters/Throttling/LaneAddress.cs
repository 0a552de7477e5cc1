using ScaleFunctions.Core.Throttling;

namespace ScaleFunctions.Adapters.Throttling;

/// <summary>Tells by its address which lane a request belongs to.</summary>
internal static class LaneAddress
{
    private const string Resources = "Microsoft.Resources";

    /// <summary>Counts what a tenant asks, whichever subscription it is about.</summary>
    private const string Costs = "Microsoft.CostManagement";

    /// <param name="address">Of the request.</param>
    /// <param name="isManagement">Whether it goes to Resource Manager; other services are lanes of their own, by their host.</param>
    /// <param name="isWrite">Whether it changes something.</param>
    public static RequestLane Of(Uri address, bool isManagement, bool isWrite)
    {
        var steps = address.AbsolutePath.Trim('/').Split('/');
        var subscription = steps.Length > 1 && Is(steps[0], "subscriptions") ? steps[1] : "";

        // The last one: metrics of a scale set are throttled by Microsoft.Insights.
        var provider = Array.FindLastIndex(steps, step => Is(step, "providers")) is >= 0 and var place && place + 1 < steps.Length
            ? steps[place + 1]
            : Resources;
        return new RequestLane(Is(provider, Costs) ? "" : subscription, isManagement ? provider : address.IdnHost, isWrite);
    }

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
