using System.Text.Json;
using Azure;
using Azure.Core;
using ScaleFunctions.Adapters.Arm;

namespace ScaleFunctions.Adapters.Prices;

/// <summary>Reads Azure's public price list. It takes no token and gets none: the list is the same for everybody.</summary>
internal sealed class RetailPriceList(ArmPipelines arm)
{
    /// <summary>
    /// From here on values of filters are compared with regard to case. The page that describes the list names this version and none
    /// that is not a preview.
    /// </summary>
    private const string Version = "2023-01-01-preview";

    /// <summary>A page has up to 1,000 lines; ten sizes in a region have some hundred. What goes on for longer leads in a circle.</summary>
    private const int MostPages = 20;

    private const int LargestPage = 8 * 1024 * 1024;

    /// <summary>All lines that a filter lets through.</summary>
    /// <param name="filter">As <c>$filter</c> has it.</param>
    /// <param name="currency">ISO 4217 code.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="RequestFailedException">A page was refused.</exception>
    /// <exception cref="JsonException">A page is none.</exception>
    public async Task<IReadOnlyList<PricedMeter>> ReadAsync(string filter, string currency, CancellationToken cancellationToken)
    {
        var meters = new List<PricedMeter>();
        Uri? next = new(
            $"https://{arm.Connection.PricesHost}/api/retail/prices?api-version={Version}"
            + $"&currencyCode={Uri.EscapeDataString($"'{currency}'")}&$filter={Uri.EscapeDataString(filter)}");
        for (var page = 0; next is not null; page++)
        {
            if (page == MostPages)
            {
                throw new JsonException($"the price list has more than {MostPages} pages for this");
            }

            next = await ReadPageAsync(next, meters, cancellationToken).ConfigureAwait(false);
        }

        return meters;
    }

    private async Task<Uri?> ReadPageAsync(Uri address, List<PricedMeter> meters, CancellationToken cancellationToken)
    {
        using var message = arm.Prices.CreateMessage();
        message.Request.Method = RequestMethod.Get;
        message.Request.Uri.Reset(address);
        message.Request.Headers.Add(HttpHeader.Common.JsonAccept);

        // The host of a next page comes out of an answer: the pipeline refuses any that is not the price list's.
        await arm.Prices.SendAsync(message, cancellationToken).ConfigureAwait(false);
        if (message.Response.Status != 200)
        {
            throw new RequestFailedException(message.Response);
        }

        if (message.Response.Content.ToMemory().Length > LargestPage)
        {
            throw new JsonException("a page of prices is too long");
        }

        using var document = JsonDocument.Parse(message.Response.Content);
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("Items", out var items) || items.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException("a page of prices has no list");
        }

        meters.AddRange(items.EnumerateArray().Select(PricedMeter.Read).OfType<PricedMeter>());
        return !document.RootElement.TryGetProperty("NextPageLink", out var link) || link.ValueKind != JsonValueKind.String || link.GetString()!.Length == 0 ? null
            : Uri.TryCreate(link.GetString(), UriKind.Absolute, out var next) ? next
            : throw new JsonException("the address of the next page of prices is none");
    }
}
