using System.Text.Json;
using Azure.Core.Pipeline;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Generic;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.AppService;

/// <summary>
/// Reads the sizes a plan can have: those of its deployment unit, which are fewer than App Service has. The description of the list
/// says only that it is an object, so its entries are looked for under both names that lists of Azure have, and what is none is
/// passed over.
/// </summary>
internal static class PlanOffers
{
    private static readonly string[] Lists = ["value", "skus"];

    /// <returns>The sizes of tiers whose number of instances somebody sets; or nothing, and why they are not known.</returns>
    public static async Task<(IReadOnlyList<PlanOffer>? Offers, string Problem)> ReadAsync(
        ArmPipelines arm, HttpPipeline pipeline, TargetId plan, CancellationToken cancellationToken)
    {
        var address = new UriBuilder(ResourceAddress.Of(arm.Connection, plan, ApiVersions.Plans));
        address.Path = $"{address.Path}/skus";
        switch (await BodyReader.ReadAsync(pipeline, address.Uri, cancellationToken).ConfigureAwait(false))
        {
            case BodyReading.Found found:
                return Parse(found.Body);
            case BodyReading.Refused refused:
                return (null, refused.Error.Describe());
            case BodyReading.Unreadable unreadable:
                return (null, unreadable.Reason);
            default:
                return (null, "the plan does not exist any more");
        }
    }

    private static (IReadOnlyList<PlanOffer>? Offers, string Problem) Parse(BinaryData body)
    {
        try
        {
            using var document = JsonDocument.Parse(body.ToMemory(), JsonVersion.Strict);
            var offers = Lists.Select(name => BodyPath.Find(document.RootElement, name))
                .Where(list => list is { ValueKind: JsonValueKind.Array })
                .SelectMany(list => list!.Value.EnumerateArray())
                .Select(Offer).OfType<PlanOffer>().ToList();
            return offers.Count > 0 ? (offers, "") : (null, "the list of sizes has none");
        }
        catch (JsonException exception)
        {
            return (null, AzureFaults.Describe(exception));
        }
    }

    private static PlanOffer? Offer(JsonElement entry)
    {
        var sku = BodyPath.Find(entry, "sku") ?? entry;
        return BodyPath.Text(sku, "name") is { } name && SizeName.IsName(name) && BodyPath.Text(sku, "tier") is { Length: > 0 } tier && PlanTier.MostInstances(tier) is not null
            ? new PlanOffer(name, tier) { Most = BodyPath.Number(entry, "capacity.maximum") }
            : null;
    }
}
