using System.Text.Json;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>Lists the resources of one type, page by page.</summary>
internal sealed class ResourcePages(SimulatedEstate estate, int pageSize)
{
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
                var filter = request.Parameter("$filter") is { } text ? $"&$filter={Uri.EscapeDataString(text)}" : "";
                writer.WriteString(
                    "nextLink", $"https://{request.Host}{request.Path}?api-version={request.Parameter("api-version")}{filter}&$skiptoken={token}");
            }

            writer.WriteEndObject();
        });
    }
}
