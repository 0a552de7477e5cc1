using System.Text.Json;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Limits;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>One simulated App Service plan.</summary>
public sealed record PlanSpec : ResourceSpec
{
    public PlanSpec()
    {
        Sku = "P1v3";
        BootTime = TimeSpan.FromMinutes(2);
    }

    /// <summary>Pricing tier, for example <c>Standard</c>, <c>PremiumV3</c>, <c>ElasticPremium</c> or <c>Free</c>.</summary>
    public string Tier { get; init; } = "PremiumV3";

    /// <summary>Whether App Service scales the plan itself.</summary>
    public bool ScalesAutomatically { get; init; }

    /// <summary>The most instances the tier allows, as the plan tells.</summary>
    public int MaximumInstances { get; init; } = 30;

    /// <summary>Sizes it can have, as its deployment unit offers them; all when empty.</summary>
    public IReadOnlyList<string> OfferedSizes { get; init; } = [];

    /// <summary>For each of its apps on how many instances it is to run. The plan scales by app when there are any.</summary>
    public IReadOnlyDictionary<string, int> Apps { get; init; } = new Dictionary<string, int>();

    /// <summary>How many apps it holds; an empty plan is paid for all the same.</summary>
    public int Sites { get; init; } = 1;

    /// <summary>A JSON object whose members are put over those of the plan, at any depth: what a test or a trap needs beside.</summary>
    public string Members { get; init; } = "{}";

    internal override ResizeWay ResizeWay => ResizeWay.Replaced;

    internal override JsonElement? Document => PlanDocument.Of(this);

    internal override int LargestFleet => MaximumInstances;

    /// <summary>The most instances it may have on a size.</summary>
    internal int MostOf(string size) =>
        string.Equals(size, Sku, StringComparison.OrdinalIgnoreCase) ? MaximumInstances : PlanSize.Find(size)?.MostInstances ?? MaximumInstances;

    internal IEnumerable<PlanSize> Offered =>
        PlanSize.All.Where(size => OfferedSizes.Count == 0 || OfferedSizes.Contains(size.Name, StringComparer.OrdinalIgnoreCase));

    /// <summary>The id of a plan from the parts that differ.</summary>
    public static TargetId IdOf(string subscription, string resourceGroup, string name) => TargetId.Parse(
        $"/subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/Microsoft.Web/serverfarms/{name}");
}
