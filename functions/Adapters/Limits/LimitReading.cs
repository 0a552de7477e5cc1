using System.Text.Json;
using Azure.Core.Pipeline;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Inventory;

namespace ScaleFunctions.Adapters.Limits;

/// <summary>What is common to lists that tell what Azure allows: all of it is read, or nothing is known.</summary>
internal static class LimitReading
{
    /// <summary>Reads a list to its end.</summary>
    /// <param name="arm">The way to Azure.</param>
    /// <param name="path">Path and query at Resource Manager.</param>
    /// <param name="what">What is listed, for people.</param>
    /// <param name="read">Makes something of an element; one that is none of what is wanted gives nothing.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="pipeline">The way the requests take; the usual one when absent.</param>
    public static async Task<Reading<IReadOnlyList<T>>> ListAsync<T>(
        ArmPipelines arm, string path, string what, Func<JsonElement, T?> read, CancellationToken cancellationToken, HttpPipeline? pipeline = null)
        where T : class
    {
        var found = new List<T>();
        try
        {
            var problem = await ArmPages.ReadAsync(
                arm, new Uri(arm.Connection.Environment.Endpoint, path), what, (element, _) =>
                {
                    if (read(element) is { } item)
                    {
                        found.Add(item);
                    }
                },
                cancellationToken, pipeline).ConfigureAwait(false);
            return new(problem is null ? found : null, problem ?? "");
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            return Reading<IReadOnlyList<T>>.Failed($"{what}: {AzureFaults.Describe(exception)}");
        }
    }


    public static string? Text(JsonElement owner, string name) =>
        Member(owner, name, JsonValueKind.String)?.GetString();

    public static JsonElement? Member(JsonElement owner, string name, JsonValueKind kind) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;

    public static IEnumerable<JsonElement> Items(JsonElement owner, string name) =>
        Member(owner, name, JsonValueKind.Array)?.EnumerateArray() ?? default;

    public static IReadOnlyList<string> Texts(JsonElement owner, string name) =>
        [.. Items(owner, name).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];
}
