using System.Text.Json;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Generic;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Compute;

/// <summary>
/// Reads the size of a machine and those it can become as it is. Azure lists those of the hardware it runs on, and when it is deallocated all of its region
/// (learn.microsoft.com/azure/virtual-machines/sizes/resize-vm). Its list does not know that a machine with a temporary disk on its
/// host cannot become one without, nor the other way round, so those are left out here.
/// </summary>
internal static class MachineSizes
{
    public static async Task<SizeReading> ReadAsync(ArmPipelines arm, TargetId target, CancellationToken cancellationToken)
    {
        var (machine, other) = await MachineReader.ReadAsync(arm, arm.Reads, target, cancellationToken).ConfigureAwait(false);
        if (machine is null)
        {
            return new SizeReading.Unreadable(MachineReader.Why(other!));
        }

        if (!machine.Owner.LeavesItToUs)
        {
            return new SizeReading.Unreadable($"left alone: {machine.Owner.Why}");
        }

        var offered = await OfferedAsync(arm, machine, cancellationToken).ConfigureAwait(false);
        var health = machine.IsRunning ? machine.Health : InstanceHealth.Unknown;
        var instance = new SizedInstance(target.Name, machine.Size, !machine.IsUpdating, health, machine.IsRunning);
        return new SizeReading.Read(machine.Size, RollOutMode.ByResource, [instance], machine.Needs with { Offered = offered })
        {
            IsUpdating = machine.IsUpdating,
            OffersMoreWhenStopped = machine.Capacity > 0,
        };
    }

    private static async Task<IReadOnlySet<string>?> OfferedAsync(ArmPipelines arm, MachineAnswer machine, CancellationToken cancellationToken)
    {
        var withDisk = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var all = await OfferedSizes.ReadAsync(
            arm, machine.Id, "vmSizes", ApiVersions.Machines, entry => NameOf(entry, withDisk), cancellationToken).ConfigureAwait(false);

        // One whose own size is not listed is of an old kind of which nothing is known.
        return all is null || !all.Contains(machine.Size) ? all
            : all.Where(size => withDisk.Contains(size) == withDisk.Contains(machine.Size)).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    private static string? NameOf(JsonElement entry, HashSet<string> withDisk)
    {
        var name = BodyPath.Text(entry, "name");
        if (name is not null && BodyPath.Number(entry, "resourceDiskSizeInMB") > 0)
        {
            withDisk.Add(name);
        }

        return name;
    }
}
