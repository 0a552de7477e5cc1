using System.Text.Json;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.AppService;

/// <summary>What we use of an App Service plan as Azure describes it, once it has proven plausible.</summary>
internal sealed record PlanAnswer
{
    /// <summary>More than any tier has: a number beyond it is not believed.</summary>
    public const int LargestCapacity = 1000;

    /// <summary>Zones are spread over instances, so one that spans zones has two at the least.</summary>
    private const int LeastOverZones = 2;

    public required TargetId Id { get; init; }

    public required string Region { get; init; }

    public required string Sku { get; init; }

    public required int Capacity { get; init; }

    public required bool IsUpdating { get; init; }

    /// <summary>Whether its last operation failed.</summary>
    public bool HasFailed { get; init; }

    /// <summary>Instances that are assigned to the plan; absent when the answer does not tell.</summary>
    public int? Workers { get; init; }

    public required bool IsReady { get; init; }

    /// <summary>Why this plan is never written; absent when it may be.</summary>
    public string? LeftAlone { get; init; }

    /// <summary>Whether each app says on how many instances it is to run.</summary>
    public bool ScalesByApp { get; init; }

    public int Least { get; init; } = 1;

    public int Most { get; init; } = LargestCapacity;

    /// <summary>Whether a size would do for it: Basic and Standard are in one zone.</summary>
    public bool Takes(PlanOffer size) =>
        Least < LeastOverZones || !Is(size.Tier, "Basic", "Standard");

    /// <summary>Whether it may have as many instances of a size as it has.</summary>
    public bool HasRoomIn(PlanOffer size) => Is(size.Name, Sku) || MostOf(size) >= Capacity;

    /// <summary>The most instances it may have with a size: what the list says, else what the tier does.</summary>
    public int MostOf(PlanOffer? size) => size is null ? Most : size.Most ?? PlanTier.MostInstances(size.Tier) ?? Most;

    /// <summary>How it is billed; absent when that is not known.</summary>
    public BillingTerms? Billing { get; init; }

    public required TargetTags.Known Tags { get; init; }

    /// <summary>What stands in for an ETag.</summary>
    public required string Version { get; init; }

    /// <summary>The plan, or null and what is wrong with it. There is no capacity by default.</summary>
    /// <exception cref="JsonException">A member is not of its type.</exception>
    public static PlanAnswer? Read(JsonElement root, out string problem)
    {
        problem = "it is no object";
        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        problem = "it has no readable id or region";
        var region = PlanJson.Text(root, "location")?.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        if (!TargetId.TryParse(PlanJson.Text(root, "id"), out var id)
            || !string.Equals(id.ResourceType, PlanTarget.Type, StringComparison.OrdinalIgnoreCase) || string.IsNullOrEmpty(region))
        {
            return null;
        }

        problem = "it has no size and tier";
        var sku = PlanJson.Object(root, "sku");
        var properties = PlanJson.Object(root, "properties");
        if (PlanJson.Text(sku, "name") is not { Length: > 0 } size || PlanJson.Text(sku, "tier") is not { Length: > 0 } tier)
        {
            return null;
        }

        var leftAlone = PlanScope.WhyLeftAlone(root, properties, tier);
        if (PlanJson.Number(sku, "capacity") is not { } capacity)
        {
            problem = "it has no capacity";
            return null;
        }

        if (capacity is < 0 or > LargestCapacity || (capacity == 0 && leftAlone is null))
        {
            problem = $"its capacity {capacity} is not possible";
            return null;
        }

        problem = "it has no provisioning state";
        if (PlanJson.Text(properties, "provisioningState") is not { Length: > 0 } state)
        {
            return null;
        }

        return new PlanAnswer
        {
            Id = id,
            Region = region,
            Sku = size,
            Capacity = capacity,
            IsUpdating = !HasSettled(state) || Is(PlanJson.Text(properties, "status"), "Creating", "Pending"),
            HasFailed = Is(state, "Failed", "Canceled"),
            Workers = PlanJson.Number(properties, "numberOfWorkers"),
            IsReady = Is(PlanJson.Text(properties, "status"), "Ready"),
            LeftAlone = leftAlone,
            ScalesByApp = PlanJson.Flag(properties, "perSiteScaling") is true,
            Least = PlanJson.Flag(properties, "zoneRedundant") is true ? LeastOverZones : 1,
            Most = PlanJson.Number(properties, "maximumNumberOfWorkers") is { } most and > 0
                ? most
                : PlanTier.MostInstances(tier) ?? LargestCapacity,
            Billing = Terms(properties),
            Tags = PlanJson.Tags(root),
            Version = PlanBody.Version(root),
        };
    }

    /// <summary>Linux plans are "reserved". Windows containers have prices of their own, which are not told apart here.</summary>
    private static BillingTerms? Terms(JsonElement? properties) =>
        PlanJson.Flag(properties, "isXenon") is true || PlanJson.Flag(properties, "hyperV") is true ? null
        : new BillingTerms(
            PlanJson.Flag(properties, "reserved") is true ? BilledSystem.Linux : BilledSystem.Windows, PlanJson.Flag(properties, "isSpot") is true);

    private static bool HasSettled(string provisioningState) => Is(provisioningState, "Succeeded", "Failed", "Canceled");

    private static bool Is(string? text, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (string.Equals(text, word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
