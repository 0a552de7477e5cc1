using System.Text.Json;
using Azure;
using Azure.Core;
using ScaleFunctions.Adapters.Arm;

namespace ScaleFunctions.Adapters.Costs;

/// <summary>
/// Reads what Cost Management or Consumption answers, page by page, all of it: a part of a bill would pass for the whole. Our own
/// client, because the SDK's package cannot be had (ADR 0002).
/// </summary>
internal sealed class CostPages(ArmPipelines arm)
{
    /// <summary>Of a thousand rows each: a year of a large subscription by day and resource.</summary>
    private const int MostPages = 500;

    private const int LargestPage = 32 * 1024 * 1024;

    /// <summary>Asks for all pages of a query or a forecast.</summary>
    /// <param name="scope">Id of the scope.</param>
    /// <param name="what"><c>query</c> or <c>forecast</c>.</param>
    /// <param name="body">What is asked, the same for each page.</param>
    /// <param name="visit">Takes the <c>properties</c> of a page.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="RequestFailedException">Azure refused.</exception>
    /// <exception cref="JsonException">A page is none.</exception>
    public Task AskAsync(string scope, string what, ReadOnlyMemory<byte> body, Action<JsonElement> visit, CancellationToken cancellationToken) => ReadAsync(
        $"{scope}/providers/Microsoft.CostManagement/{what}?api-version={ApiVersions.Costs}", body,
        root => Visit(Member(root, "properties") ?? throw new JsonException("a page of costs has no properties"), visit), cancellationToken);

    /// <summary>Reads all pages of a list.</summary>
    /// <param name="path">Path and query at Resource Manager.</param>
    /// <param name="visit">Takes an element.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="RequestFailedException">Azure refused.</exception>
    /// <exception cref="JsonException">A page is none.</exception>
    public Task ListAsync(string path, Action<JsonElement> visit, CancellationToken cancellationToken) => ReadAsync(
        path, body: null,
        root =>
        {
            if (!root.TryGetProperty("value", out var list) || list.ValueKind != JsonValueKind.Array)
            {
                throw new JsonException("a page has no list");
            }

            foreach (var element in list.EnumerateArray())
            {
                visit(element);
            }

            return root;
        },
        cancellationToken);

    private static JsonElement Visit(JsonElement properties, Action<JsonElement> visit)
    {
        visit(properties);
        return properties;
    }

    /// <param name="path">Path and query of the first page.</param>
    /// <param name="body">What is posted; nothing for a GET.</param>
    /// <param name="visit">Takes a page, and gives the part of it that names the next one.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    private async Task ReadAsync(string path, ReadOnlyMemory<byte>? body, Func<JsonElement, JsonElement> visit, CancellationToken cancellationToken)
    {
        Uri? next = new Uri(arm.Connection.Environment.Endpoint, path);
        var read = new HashSet<Uri>();
        for (var page = 0; next is not null; page++)
        {
            if (page == MostPages)
            {
                throw new JsonException($"there are more than {MostPages} pages");
            }

            if (!read.Add(next))
            {
                throw new JsonException("the pages lead in a circle");
            }

            next = await PageAsync(next, body, visit, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Uri?> PageAsync(Uri address, ReadOnlyMemory<byte>? body, Func<JsonElement, JsonElement> visit, CancellationToken cancellationToken)
    {
        using var message = arm.Reads.CreateMessage();
        message.Request.Method = body is null ? RequestMethod.Get : RequestMethod.Post;
        message.Request.Uri.Reset(address);
        message.Request.Headers.Add(HttpHeader.Common.JsonAccept);
        if (body is { } asked)
        {
            message.Request.Headers.Add(HttpHeader.Common.JsonContentType);
            message.Request.Content = RequestContent.Create(asked);
        }

        // The host of a next page comes out of an answer: the pipeline refuses any that is not Resource Manager's.
        await arm.Reads.SendAsync(message, cancellationToken).ConfigureAwait(false);
        if (message.Response.Status == 204)
        {
            return null;
        }

        if (message.Response.Status != 200)
        {
            throw new RequestFailedException(message.Response);
        }

        if (message.Response.Content.ToMemory().Length > LargestPage)
        {
            throw new JsonException("a page is too long");
        }

        using var document = JsonDocument.Parse(message.Response.Content);
        return document.RootElement.ValueKind == JsonValueKind.Object ? Next(visit(document.RootElement)) : throw new JsonException("a page is no object");
    }

    private static Uri? Next(JsonElement page) =>
        !page.TryGetProperty("nextLink", out var link) || link.ValueKind == JsonValueKind.Null || (link.ValueKind == JsonValueKind.String && link.GetString()!.Length == 0) ? null
        : link.ValueKind == JsonValueKind.String && Uri.TryCreate(link.GetString(), UriKind.Absolute, out var next) ? next
        : throw new JsonException("the address of the next page is none");

    private static JsonElement? Member(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;
}
