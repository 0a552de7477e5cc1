using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using ScaleFunctions.Adapters.Arm;

namespace ScaleFunctions.Adapters.Inventory;

/// <summary>Reads a list of Resource Manager page by page, as raw JSON.</summary>
internal static class ArmPages
{
    /// <summary>A list whose pages lead in a circle ends here: more than any subscription may have.</summary>
    private const int MostPages = 1000;

    /// <summary>Reads all pages. What was visited before a problem stays.</summary>
    /// <param name="arm">The way to Azure.</param>
    /// <param name="first">Address of the first page.</param>
    /// <param name="what">What is listed, for messages: <c>plans</c>.</param>
    /// <param name="visit">Takes an element, and the time its page was asked for.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="pipeline">The way the requests take; the usual one when absent.</param>
    /// <returns>What was wrong; nothing when all of it was read.</returns>
    /// <exception cref="RequestFailedException">Azure refused a page.</exception>
    public static async Task<string?> ReadAsync(
        ArmPipelines arm, Uri first, string what, Action<JsonElement, DateTimeOffset> visit, CancellationToken cancellationToken,
        HttpPipeline? pipeline = null)
    {
        var reads = pipeline ?? arm.Reads;
        var next = first;
        var read = new HashSet<Uri> { first };
        for (var page = 0; page < MostPages; page++)
        {
            var at = arm.Connection.Time.GetUtcNow();
            using var message = reads.CreateMessage();
            message.Request.Method = RequestMethod.Get;
            message.Request.Uri.Reset(next);
            message.Request.Headers.Add(HttpHeader.Common.JsonAccept);

            // The host of a next page comes out of an answer: the pipeline refuses any that is not Resource Manager's.
            await reads.SendAsync(message, cancellationToken).ConfigureAwait(false);
            if (message.Response.Status != 200)
            {
                throw new RequestFailedException(message.Response);
            }

            using var document = JsonDocument.Parse(message.Response.Content);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("value", out var list) || list.ValueKind != JsonValueKind.Array)
            {
                return $"a page of {what} has no list";
            }

            foreach (var element in list.EnumerateArray())
            {
                visit(element, at);
            }

            if (!HasNext(document.RootElement, out var address))
            {
                return null;
            }

            if (address is null)
            {
                return $"the address of the next page of {what} is none";
            }

            if (!read.Add(address))
            {
                return $"the pages of {what} lead in a circle";
            }

            next = address;
        }

        return $"the list of {what} has more than {MostPages} pages";
    }

    private static bool HasNext(JsonElement page, out Uri? next)
    {
        next = null;
        if (!page.TryGetProperty("nextLink", out var link) || link.ValueKind == JsonValueKind.Null
            || (link.ValueKind == JsonValueKind.String && link.GetString()!.Length == 0))
        {
            return false;
        }

        next = link.ValueKind == JsonValueKind.String && Uri.TryCreate(link.GetString(), UriKind.Absolute, out var address) ? address : null;
        return true;
    }
}
