namespace ScaleFunctions.Core.Targets;

/// <summary>Judges who decides on the capacity of a resource.</summary>
public static class Ownership
{
    /// <summary>
    /// The owner. Any sign of another one counts, also when something else could not be read; that nobody else is the owner
    /// counts only when everything was.
    /// </summary>
    public static CapacityOwner Of(OwnershipFacts facts) =>
        Service(facts)
        ?? Other("the resource", facts.ManagedBy)
        ?? Other($"the resource group {facts.Id.ResourceGroup}", facts.GroupManagedBy)
        ?? (facts.ScalesItself is { } reason ? new CapacityOwner(OwnerKind.Platform, "Azure", reason) : null)
        ?? (facts.DenyAssignment is { } denied
            ? new CapacityOwner(OwnerKind.Denied, "a deny assignment", $"{denied} keeps everybody from changing it")
            : null)
        ?? Unknown(facts)
        ?? (facts.AutoscaleSetting is { } setting
            ? new CapacityOwner(
                OwnerKind.NativeAutoscale, "Azure autoscale",
                $"the setting {setting} is enabled{(facts.WhyNotSteered is { } why ? $", and cannot be steered: {why}" : "")}")
            : CapacityOwner.Nobody);

    /// <summary>Before Azure's own autoscale, because under that a floor may be put.</summary>
    private static CapacityOwner? Unknown(OwnershipFacts facts) =>
        facts.Tags is TargetTags.Unknown unknown ? CapacityOwner.Unknown($"its tags could not be read: {unknown.Reason}")
        : facts.NotRead is { } lacking ? CapacityOwner.Unknown(lacking)
        : null;

    private static CapacityOwner? Service(OwnershipFacts facts)
    {
        foreach (var service in ManagingServices.All)
        {
            if (service.Recognise(facts) is { } owner)
            {
                return owner;
            }
        }

        return null;
    }

    /// <summary>Whatever manages it sets its capacity, also when nothing is known about it here.</summary>
    private static CapacityOwner? Other(string what, string? manager) =>
        string.IsNullOrEmpty(manager) ? null : new CapacityOwner(OwnerKind.Service, Short(manager), $"it manages {what}");

    /// <summary><c>Microsoft.X/things/name</c> of an id; what is no id stays as it is.</summary>
    private static string Short(string manager)
    {
        var at = manager.LastIndexOf("/providers/", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? manager : manager[(at + "/providers/".Length)..];
    }
}
