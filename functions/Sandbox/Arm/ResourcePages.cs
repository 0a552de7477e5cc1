using System.Text.Json;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>Lists the resources of one type, page by page.</summary>
internal sealed class ResourcePages(SimulatedEstate estate, int pageSize)
{
    /// <summary>What the address of a next page asks again.</summary>
    private static readonly string[] Kept = ["$filter", "statusOnly", "$expand"];

    public SandboxAnswer List<T>(SandboxRequest request, RequestRoute route, Action<Utf8JsonWriter, ResourceView> write)
        where T : ResourceSpec =>
        List(request, route, (skip, take) => estate.List<T>(route.Subscription, route.ResourceGroup, skip, take), write);

    /// <param name="request">The request.</param>
    /// <param name="route">The subscription, and the group if there is one.</param>
    /// <param name="read">Reads so many from a place on, and tells whether there are more.</param>
    /// <param name="write">Writes one of them.</param>
    public SandboxAnswer List<T>(
        SandboxRequest request, RequestRoute route, Func<int, int, (IReadOnlyList<T> Views, bool HasMore)> read, Action<Utf8JsonWriter, T> write)
    {
        if (ResourcesEndpoint.CheckScope(estate, route) is { } error)
        {
            return error;
        }

        if (!SkipToken.TryRead(request.Parameter("$skiptoken"), out var skip))
        {
            return SandboxAnswer.Error(400, "InvalidSkipToken", "The $skiptoken is not one that this service gave.");
        }

        var (views, hasMore) = read(skip, pageSize);
        return SandboxAnswer.Json(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("value");
            foreach (var view in views)
            {
                write(writer, view);
            }

            writer.WriteEndArray();
            if (hasMore)
            {
                var token = Uri.EscapeDataString(SkipToken.Of(skip + views.Count));
                var asked = string.Concat(Kept.Where(name => request.Parameter(name) is not null)
                    .Select(name => $"&{name}={Uri.EscapeDataString(request.Parameter(name)!)}"));
                writer.WriteString(
                    "nextLink", $"https://{request.Host}{request.Path}?api-version={request.Parameter("api-version")}{asked}&$skiptoken={token}");
            }

            writer.WriteEndObject();
        });
    }
}
