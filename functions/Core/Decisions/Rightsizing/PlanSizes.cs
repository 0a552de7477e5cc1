using ScaleFunctions.Core.Limits;

namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>
/// The sizes of App Service plans, which no API tells in cores and memory. As Microsoft's documentation had them on 2026-11-28:
/// Premium v3 from MicrosoftDocs/azure-docs (articles/app-service/overview-hosting-plans.md), the others from the pricing page
/// (azure.microsoft.com/pricing/details/app-service); the most instances from
/// learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits. The tier stands for the family:
/// others offer other features, so that they are only taken where a policy names them.
/// </summary>
public static class PlanSizes
{
    private static readonly (string Name, string Tier, int Cores, double MemoryGiB)[] Table =
    [
        ("B1", "Basic", 1, 1.75), ("B2", "Basic", 2, 3.5), ("B3", "Basic", 4, 7),
        ("S1", "Standard", 1, 1.75), ("S2", "Standard", 2, 3.5), ("S3", "Standard", 4, 7),
        ("P0v3", "PremiumV3", 1, 4), ("P1v3", "PremiumV3", 2, 8), ("P2v3", "PremiumV3", 4, 16), ("P3v3", "PremiumV3", 8, 32),
        ("P1mv3", "PremiumV3", 2, 16), ("P2mv3", "PremiumV3", 4, 32), ("P3mv3", "PremiumV3", 8, 64), ("P4mv3", "PremiumV3", 16, 128), ("P5mv3", "PremiumV3", 32, 256),
    ];

    public static IReadOnlyDictionary<string, SizeOffer> All { get; } = Table.ToDictionary(
        size => size.Name, size => new SizeOffer(size.Name, size.Tier, size.Cores) { MemoryGiB = size.MemoryGiB }, StringComparer.OrdinalIgnoreCase);

    /// <summary>Most instances of a tier.</summary>
    public static int MostOf(string tier) => tier switch
    {
        "Basic" => 3,
        "Standard" => 10,
        _ => 30,
    };
}
