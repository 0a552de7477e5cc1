using System.Text.Json;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Compute;
using ScaleFunctions.Adapters.Generic;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Inventory;

/// <summary>
/// Lists the virtual machines of a subscription, where a policy asks for them by their type. What they are and whether they run
/// are two lists of Azure's: an instance view can only be had with a filter.
/// </summary>
internal sealed class MachineList(ArmPipelines arm, ResourceKinds? kinds = null) : ITargetList
{
    public string ResourceType => MachineTarget.Type;

    public bool IsWanted => kinds is null || kinds.AreSelected(MachineTarget.Type);

    public async Task ReadAsync(TargetListing listing, CancellationToken cancellationToken)
    {
        var power = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
        var problem = await ArmPages.ReadAsync(
            arm,
            Address(listing.Subscription, "&statusOnly=true"),
            "power states",
            (machine, _) =>
            {
                if (BodyPath.Text(machine, "id") is { } id)
                {
                    power[id] = machine.Clone();
                }
            },
            cancellationToken).ConfigureAwait(false);
        problem ??= await ArmPages.ReadAsync(
            arm, Address(listing.Subscription, ""), "virtual machines", (machine, at) => Add(listing, machine, power, at), cancellationToken).ConfigureAwait(false);
        if (problem is not null)
        {
            listing.Fail(problem);
        }
    }

    private static void Add(TargetListing listing, JsonElement machine, Dictionary<string, JsonElement> power, DateTimeOffset at)
    {
        var name = BodyPath.Text(machine, "id") ?? "";
        if (MachineAnswer.Read(machine, power.GetValueOrDefault(name), out var problem) is not { } answer)
        {
            if (problem == MachineAnswer.NoPower && Powerless(machine, at) is { } powerless)
            {
                listing.LeftAlone.Add(powerless);
                return;
            }

            listing.LeaveOut(name.Length > 0 ? name : "a virtual machine", problem);
            return;
        }

        var target = new ObservedTarget
        {
            Id = answer.Id,
            Region = answer.Region,
            Sku = answer.Size,
            Capacity = answer.Capacity,
            IsUpdating = answer.IsUpdating,
            Least = new PlatformBound(0, "a virtual machine"),
            Most = new PlatformBound(1, "a virtual machine"),
            Remark = answer.Remark,
            Billing = MachineBilling.Of(machine),
            Tags = answer.Tags,
            ReadAt = at,
        };
        if (answer.Owner.LeavesItToUs)
        {
            listing.Targets.Add(target);
            return;
        }

        listing.LeftAlone.Add(target with { Owner = answer.Owner });
    }

    /// <summary>One without a power state, made between two lists or not made at all, is none to start or stop; others are in no doubt for it.</summary>
    private static ObservedTarget? Powerless(JsonElement machine, DateTimeOffset at) => TargetId.TryParse(BodyPath.Text(machine, "id"), out var id)
        ? new ObservedTarget
        {
            Id = id,
            Region = BodyPath.Text(machine, "location")!.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant(),
            Sku = BodyPath.Text(machine, "properties.hardwareProfile.vmSize")!,
            Capacity = 0,
            IsUpdating = true,
            Tags = DeclaredAnswer.TagsOf(machine),
            Owner = new CapacityOwner(OwnerKind.Platform, "Azure", MachineAnswer.NoPower),
            ReadAt = at,
        }
        : null;

    private Uri Address(string subscription, string more) => new(
        arm.Connection.Environment.Endpoint,
        $"/subscriptions/{Uri.EscapeDataString(subscription)}/providers/{MachineTarget.Type}?api-version={ApiVersions.Machines}{more}");
}
