using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Inventory;
using ScaleFunctions.Core.Limits;

namespace ScaleFunctions.Adapters.Limits;

/// <summary>
/// Reads quotas (five minutes) and sizes (six hours, for the list is long) of a subscription in a region:
/// learn.microsoft.com/rest/api/compute/usage/list and .../resource-skus/list.
/// </summary>
internal sealed class ComputeLimits(ArmPipelines arm) : IComputeLimits
{
    /// <summary>Six hours in pieces of five minutes.</summary>
    private const int SizesTimes = 72;

    private readonly ConcurrentDictionary<(string, string), DatedReading<IReadOnlyList<QuotaUsage>>> _quotas = new();
    private readonly ConcurrentDictionary<(string, string), DatedReading<IReadOnlyDictionary<string, SizeOffer>>> _sizes = new();

    public Task<FactReading<IReadOnlyList<QuotaUsage>>> ReadQuotaAsync(string subscription, string region, CancellationToken cancellationToken) =>
        _quotas.GetOrAdd(Key(subscription, region), _ => new(arm.Connection.Time)).GetAsync(
            token => LimitReading.ListAsync(
                arm,
                $"/subscriptions/{Uri.EscapeDataString(subscription)}/providers/Microsoft.Compute/locations/{Uri.EscapeDataString(Name(region))}/usages?api-version={ApiVersions.Usages}",
                "quotas", Quota, token),
            cancellationToken);

    public Task<FactReading<IReadOnlyDictionary<string, SizeOffer>>> ReadSizesAsync(
        string subscription, string region, CancellationToken cancellationToken) =>
        _sizes.GetOrAdd(Key(subscription, region), _ => new(arm.Connection.Time, SizesTimes)).GetAsync(
            token => ListSizesAsync(subscription, Name(region), token), cancellationToken);

    private async Task<Reading<IReadOnlyDictionary<string, SizeOffer>>> ListSizesAsync(string subscription, string region, CancellationToken cancellationToken)
    {
        var filter = Uri.EscapeDataString($"location eq '{region}'");
        var list = await LimitReading.ListAsync(
            arm, $"/subscriptions/{Uri.EscapeDataString(subscription)}/providers/Microsoft.Compute/skus?api-version={ApiVersions.Sizes}&$filter={filter}",
            "sizes", element => Size(element, region), cancellationToken).ConfigureAwait(false);
        var sizes = new Dictionary<string, SizeOffer>(StringComparer.OrdinalIgnoreCase);
        foreach (var size in list.Value ?? [])
        {
            sizes[size.Name] = size;
        }

        return new(list.Value is null ? null : sizes, list.Problem);
    }

    /// <summary>A quota; what lacks its numbers is none that could be judged by.</summary>
    private static QuotaUsage? Quota(JsonElement element) =>
        LimitReading.Member(element, "name", JsonValueKind.Object) is { } name && LimitReading.Text(name, "value") is { Length: > 0 } value
        && LimitReading.Member(element, "currentValue", JsonValueKind.Number)?.TryGetInt64(out var used) is true
        && LimitReading.Member(element, "limit", JsonValueKind.Number)?.TryGetInt64(out var limit) is true && used >= 0 && limit >= 0
            ? new QuotaUsage(value, used, limit)
            : null;

    /// <summary>A size of machines; disks, galleries and the like are among the list, and none.</summary>
    private static SizeOffer? Size(JsonElement element, string region)
    {
        if (LimitReading.Text(element, "resourceType") is not "virtualMachines" || LimitReading.Text(element, "name") is not { Length: > 0 } name)
        {
            return null;
        }

        var capabilities = Capabilities(element);
        if (LimitReading.Text(element, "family") is not { Length: > 0 } family
            || !int.TryParse(capabilities.GetValueOrDefault("vCPUs"), NumberStyles.None, CultureInfo.InvariantCulture, out var cores))
        {
            return null;
        }

        var restrictions = LimitReading.Items(element, "restrictions").ToList();
        return new SizeOffer(name, family, cores)
        {
            MemoryGiB = double.TryParse(capabilities.GetValueOrDefault("MemoryGB"), CultureInfo.InvariantCulture, out var memory) ? memory : null,
            WhyNot = restrictions.Where(each => Is(each, "Location") && Locations(each).Contains(region, StringComparer.OrdinalIgnoreCase))
                .Select(each => AzureFaults.OneLine(LimitReading.Text(each, "reasonCode") ?? "it is restricted")).FirstOrDefault(),
            ClosedZones = [.. restrictions.Where(each => Is(each, "Zone") && Locations(each).Contains(region, StringComparer.OrdinalIgnoreCase))
                .SelectMany(each => LimitReading.Member(each, "restrictionInfo", JsonValueKind.Object) is { } info ? LimitReading.Texts(info, "zones") : [])],
            Capabilities = capabilities,
        };
    }

    private static bool Is(JsonElement restriction, string type) =>
        string.Equals(LimitReading.Text(restriction, "type"), type, StringComparison.OrdinalIgnoreCase);

    /// <summary>Where a restriction holds: in its details, else in its values.</summary>
    private static IEnumerable<string> Locations(JsonElement restriction) =>
        LimitReading.Member(restriction, "restrictionInfo", JsonValueKind.Object) is { } info && LimitReading.Texts(info, "locations") is { Count: > 0 } named
            ? named.Select(Name)
            : LimitReading.Texts(restriction, "values").Select(Name);

    private static Dictionary<string, string> Capabilities(JsonElement element)
    {
        var found = new Dictionary<string, string>();
        foreach (var each in LimitReading.Items(element, "capabilities"))
        {
            if (LimitReading.Text(each, "name") is { } name && LimitReading.Text(each, "value") is { } value)
            {
                found[name] = value;
            }
        }

        return found;
    }

    private static (string, string) Key(string subscription, string region) => (subscription.ToLowerInvariant(), Name(region));

    private static string Name(string region) => region.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
}
