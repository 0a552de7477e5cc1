using System.Text.Json;
using Azure;
using Azure.Core;
using ScaleFunctions.Adapters.AppService;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Inventory;

/// <summary>Lists the App Service plans of a subscription; those that scale by themselves are told apart.</summary>
internal sealed class PlanList(ArmPipelines arm) : ITargetList
{
    /// <summary>A list whose pages lead in a circle ends here: more plans than any subscription may have.</summary>
    private const int MostPages = 1000;

    public async Task ReadAsync(TargetListing listing, CancellationToken cancellationToken)
    {
        var next = First(listing.Subscription);
        for (var page = 0; next is not null; page++)
        {
            if (page == MostPages)
            {
                listing.Fail($"the list of plans has more than {MostPages} pages");
                return;
            }

            next = await ReadPageAsync(listing, next, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Uri?> ReadPageAsync(TargetListing listing, Uri address, CancellationToken cancellationToken)
    {
        var at = arm.Connection.Time.GetUtcNow();
        using var message = arm.Reads.CreateMessage();
        message.Request.Method = RequestMethod.Get;
        message.Request.Uri.Reset(address);
        message.Request.Headers.Add(HttpHeader.Common.JsonAccept);

        // The host of a next page comes out of an answer: the pipeline refuses any that is not Resource Manager's.
        await arm.Reads.SendAsync(message, cancellationToken).ConfigureAwait(false);
        if (message.Response.Status != 200)
        {
            throw new RequestFailedException(message.Response);
        }

        using var document = JsonDocument.Parse(message.Response.Content);
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("value", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            listing.Fail("a page of plans has no list");
            return null;
        }

        foreach (var plan in list.EnumerateArray())
        {
            Add(listing, plan, at);
        }

        return Next(listing, document.RootElement);
    }

    private static void Add(TargetListing listing, JsonElement plan, DateTimeOffset at)
    {
        if (Read(plan, out var problem) is not { } answer)
        {
            listing.LeaveOut(Name(plan), problem);
            return;
        }

        var target = new ObservedTarget
        {
            Id = answer.Id,
            Region = answer.Region,
            Sku = answer.Sku,
            Capacity = answer.Capacity,
            IsUpdating = answer.IsUpdating,
            Least = answer.Least > 1 ? new PlatformBound(answer.Least, "a zone-redundant plan") : null,
            Most = new PlatformBound(answer.Most, $"a plan of size {answer.Sku}"),
            Tags = answer.Tags,
            ReadAt = at,
        };
        if (answer.LeftAlone is { } reason)
        {
            listing.LeftAlone.Add(new LeftAloneTarget(target, reason));
            return;
        }

        listing.Targets.Add(target);
    }

    /// <summary>One malformed plan costs itself, not the page.</summary>
    private static PlanAnswer? Read(JsonElement plan, out string problem)
    {
        try
        {
            return PlanAnswer.Read(plan, out problem);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            problem = exception.Message;
            return null;
        }
    }

    private static string Name(JsonElement plan) =>
        plan.ValueKind == JsonValueKind.Object && plan.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
            ? id.GetString()!
            : "an App Service plan";

    private static Uri? Next(TargetListing listing, JsonElement page)
    {
        if (!page.TryGetProperty("nextLink", out var link) || link.ValueKind == JsonValueKind.Null
            || (link.ValueKind == JsonValueKind.String && link.GetString()!.Length == 0))
        {
            return null;
        }

        if (link.ValueKind == JsonValueKind.String && Uri.TryCreate(link.GetString(), UriKind.Absolute, out var next))
        {
            return next;
        }

        listing.Fail("the address of the next page of plans is none");
        return null;
    }

    // Without details Azure answers with a part of the properties only, and what tells elastic plans may be the rest.
    private Uri First(string subscription) => new(
        arm.Connection.Environment.Endpoint,
        $"/subscriptions/{Uri.EscapeDataString(subscription)}/providers/{PlanTarget.Type}?api-version={ApiVersions.Plans}&detailed=true");
}
