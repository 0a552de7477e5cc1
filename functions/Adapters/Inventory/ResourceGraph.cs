using System.Text.Json;
using Azure;
using Azure.Core;
using ScaleFunctions.Adapters.Arm;

namespace ScaleFunctions.Adapters.Inventory;

/// <summary>Asks Azure Resource Graph. An answer is whole or it is a problem: a part of it would pass for all there is.</summary>
internal sealed class ResourceGraph(ArmPipelines arm)
{
    /// <summary>Rows of a page; the service allows no more.</summary>
    private const int Rows = 1000;

    /// <summary>Subscriptions of one request; the service recommends to group them by so many.</summary>
    private const int Subscriptions = 300;

    /// <summary>A million rows: pages that lead in a circle end here.</summary>
    private const int MostPages = 1000;

    /// <summary>Gives every row of a query to a visitor.</summary>
    /// <param name="query">KQL. It must project <c>id</c> and order by it: without both the service cannot page.</param>
    /// <param name="subscriptions">Where to look.</param>
    /// <param name="visit">Takes a row, an object.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What was wrong; empty when nothing was.</returns>
    public async Task<string> QueryAsync(
        string query, IReadOnlyList<string> subscriptions, Action<JsonElement> visit, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var group in subscriptions.Chunk(Subscriptions))
            {
                if (await PagesAsync(query, group, visit, cancellationToken).ConfigureAwait(false) is { Length: > 0 } problem)
                {
                    return $"Resource Graph: {problem}";
                }
            }

            return "";
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            return $"Resource Graph: {AzureFaults.Describe(exception)}";
        }
    }

    private async Task<string> PagesAsync(string query, string[] subscriptions, Action<JsonElement> visit, CancellationToken cancellationToken)
    {
        string? token = null;
        var tokens = new HashSet<string>(StringComparer.Ordinal);
        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var page = 0; page < MostPages; page++)
        {
            using var message = Request(query, subscriptions, token);
            await arm.Reads.SendAsync(message, cancellationToken).ConfigureAwait(false);
            if (message.Response.Status != 200)
            {
                throw new RequestFailedException(message.Response);
            }

            using var document = JsonDocument.Parse(message.Response.Content);
            if (ResourceGraphPage.Read(document.RootElement) is not { } read)
            {
                return "the answer is not readable";
            }

            foreach (var row in read.Rows)
            {
                if (IdOf(row) is not { } id)
                {
                    return "a row has no id";
                }

                // Pages may overlap when something is made meanwhile; a row that comes twice does not stand for one that lacks.
                if (ids.Add(id))
                {
                    visit(row);
                }
            }

            if (read.SkipToken.Length == 0)
            {
                // Cut off at a limit of the service, which then gives no token to go on with.
                return read.IsTruncated || ids.Count < read.Total ? $"the result was truncated after {ids.Count} of {read.Total} rows" : "";
            }

            if (!tokens.Add(read.SkipToken))
            {
                return "its pages lead in a circle";
            }

            token = read.SkipToken;
        }

        return $"the result has more than {MostPages} pages";
    }

    private static string? IdOf(JsonElement row) =>
        row.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && id.GetString() is { Length: > 0 } text ? text : null;

    private HttpMessage Request(string query, string[] subscriptions, string? token)
    {
        var message = arm.Reads.CreateMessage();
        message.Request.Method = RequestMethod.Post;
        message.Request.Uri.Reset(new Uri(
            arm.Connection.Environment.Endpoint, $"/providers/Microsoft.ResourceGraph/resources?api-version={ApiVersions.ResourceGraph}"));
        message.Request.Headers.Add(HttpHeader.Common.JsonAccept);
        message.Request.Headers.Add(HttpHeader.Common.JsonContentType);
        message.Request.Content = RequestContent.Create(ResourceGraphPage.Ask(query, subscriptions, Rows, token));
        return message;
    }
}
