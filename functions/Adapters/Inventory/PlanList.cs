using System.Collections.Concurrent;
using System.Text.Json;
using ScaleFunctions.Adapters.AppService;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Inventory;

/// <summary>Lists the App Service plans of a subscription; those that scale by themselves are told apart.</summary>
internal sealed class PlanList(ArmPipelines arm) : ITargetList
{
    private readonly ConcurrentDictionary<string, SlowReading<PlanApps>> _apps = new(StringComparer.OrdinalIgnoreCase);

    public string ResourceType => PlanTarget.Type;

    public async Task ReadAsync(TargetListing listing, CancellationToken cancellationToken)
    {
        var byApp = new List<TargetId>();
        var problem = await ArmPages.ReadAsync(
            arm, First(listing.Subscription), "plans", (plan, at) => Add(listing, byApp, plan, at), cancellationToken).ConfigureAwait(false);
        foreach (var plan in byApp)
        {
            var index = listing.Targets.FindIndex(target => target.Id == plan);
            listing.Targets[index] = await WithAppsAsync(listing.Targets[index], cancellationToken).ConfigureAwait(false);
        }

        if (problem is not null)
        {
            listing.Fail(problem);
        }
    }

    /// <summary>With what its apps ask for; where that could not be read, nothing may be taken away.</summary>
    private async Task<ObservedTarget> WithAppsAsync(ObservedTarget plan, CancellationToken cancellationToken)
    {
        var apps = (await _apps.GetOrAdd(plan.Id.Value, _ => new(arm.Connection.Time)).GetAsync(
            token => ReadAppsAsync(plan.Id, token), cancellationToken).ConfigureAwait(false)).Value;
        var least = apps is null
            ? new PlatformBound(plan.Capacity, "a plan that scales by app, and whose apps could not be read")
            : new PlatformBound(apps.Workers, $"a plan whose app {apps.App} is to run on them");
        return least.Instances > plan.Least!.Instances ? plan with { Least = least } : plan;
    }

    private async Task<Reading<PlanApps>> ReadAppsAsync(TargetId plan, CancellationToken cancellationToken)
    {
        var (apps, problem) = await PlanApps.ReadAsync(arm, plan, cancellationToken).ConfigureAwait(false);
        return new Reading<PlanApps>(apps, problem);
    }

    private static void Add(TargetListing listing, List<TargetId> byApp, JsonElement plan, DateTimeOffset at)
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
            Least = new PlatformBound(answer.Least, answer.Least > 1 ? "a zone-redundant plan" : "a plan"),
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
        if (answer.ScalesByApp)
        {
            byApp.Add(target.Id);
        }
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
