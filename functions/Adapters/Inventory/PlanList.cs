using System.Text.Json;
using ScaleFunctions.Adapters.AppService;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Inventory;

/// <summary>Lists the App Service plans of a subscription; those that scale by themselves are told apart.</summary>
internal sealed class PlanList(ArmPipelines arm) : ITargetList
{
    public string ResourceType => PlanTarget.Type;

    public async Task ReadAsync(TargetListing listing, CancellationToken cancellationToken)
    {
        var problem = await ArmPages.ReadAsync(
            arm, First(listing.Subscription), "plans", (plan, at) => Add(listing, plan, at), cancellationToken).ConfigureAwait(false);
        if (problem is not null)
        {
            listing.Fail(problem);
        }
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
            Billing = answer.Billing,
            Tags = answer.Tags,
            ReadAt = at,
        };
        if (answer.LeftAlone is { } reason)
        {
            listing.LeftAlone.Add(target with { Owner = new CapacityOwner(OwnerKind.Platform, "Azure", reason) });
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

    // Without details Azure answers with a part of the properties only, and what tells elastic plans may be the rest.
    private Uri First(string subscription) => new(
        arm.Connection.Environment.Endpoint,
        $"/subscriptions/{Uri.EscapeDataString(subscription)}/providers/{PlanTarget.Type}?api-version={ApiVersions.Plans}&detailed=true");
}
