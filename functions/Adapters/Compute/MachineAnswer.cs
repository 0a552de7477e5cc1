using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ScaleFunctions.Adapters.Generic;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Compute;

/// <summary>
/// What we use of a virtual machine, once it has proven plausible. Its capacity is 1 or, when it is deallocated, 0: a machine that
/// was shut down from within is stopped, and still holds, and pays for, its place.
/// </summary>
internal sealed record MachineAnswer
{
    /// <summary>What is wrong with a machine that was just made, or that Azure could not make.</summary>
    public const string NoPower = "its power state is not told";

    private const string PowerCode = "PowerState/";

    public required TargetId Id { get; init; }

    public required string Region { get; init; }

    public required string Size { get; init; }

    /// <summary>In lower case: <c>running</c>, <c>stopped</c>, <c>deallocated</c>, or one of the ways there.</summary>
    public required string Power { get; init; }

    public required bool IsUpdating { get; init; }

    /// <summary>Who sets whether it runs, when that is nobody of ours.</summary>
    public CapacityOwner Owner { get; init; } = CapacityOwner.Nobody;

    public required TargetTags.Known Tags { get; init; }

    /// <summary>What stands in for a precondition, which starting and deallocating do not take.</summary>
    public required string Version { get; init; }

    /// <summary>Its ETag, where Azure tells one: a resize takes a precondition, which starting and deallocating do not.</summary>
    public string? ETag { get; init; }

    public InstanceHealth Health { get; init; }

    /// <summary>What another size must have. Accelerated networking is a setting of each network interface and not told here.</summary>
    public SizeNeeds Needs { get; init; } = new();

    public int Capacity => Power is "deallocated" or "deallocating" ? 0 : 1;

    public bool IsRunning => Power == "running";

    /// <summary>What people should know of it; empty when there is nothing.</summary>
    public string Remark => Power is "stopped" or "stopping" ? MachineRemarks.StoppedAndBilled : "";

    /// <summary>The machine, or null and what is wrong with it.</summary>
    /// <param name="root">The machine.</param>
    /// <param name="view">Where its instance view is; in a list that is another answer.</param>
    /// <param name="problem">What is wrong.</param>
    public static MachineAnswer? Read(JsonElement root, JsonElement view, out string problem)
    {
        problem = "it has no readable id or region";
        var region = BodyPath.Text(root, "location")?.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        if (!TargetId.TryParse(BodyPath.Text(root, "id"), out var id) || string.IsNullOrEmpty(region))
        {
            return null;
        }

        problem = "it has no size";
        if (BodyPath.Text(root, "properties.hardwareProfile.vmSize") is not { Length: > 0 } size)
        {
            return null;
        }

        problem = NoPower;
        if (PowerOf(view) is not { } power)
        {
            return null;
        }

        var state = BodyPath.Text(root, "properties.provisioningState") ?? "";
        return new MachineAnswer
        {
            Id = id,
            Region = region,
            Size = size,
            Power = power,
            IsUpdating = power is not ("running" or "stopped" or "deallocated") || state.ToUpperInvariant() is not ("SUCCEEDED" or "FAILED" or "CANCELED"),
            Owner = OwnerOf(root),
            Tags = DeclaredAnswer.TagsOf(root),
            ETag = BodyPath.Text(root, "etag") is { Length: > 0 and <= 256 } etag && etag != "*" && etag.All(letter => letter is > ' ' and <= '~') ? etag : null,
            Health = HealthOf(root, view),
            Needs = ComputeNeeds.OfStorage(BodyPath.Find(root, "properties") ?? default) with
            {
                NetworkInterfaces = Math.Max(1, ComputeNeeds.Items(root, "properties.networkProfile.networkInterfaces").Count),
                Zones = ComputeNeeds.Texts(root, "zones"),
            },
            Version = Hash(BodyPath.Text(root, "properties.vmId") ?? "", size, power),
        };
    }

    /// <summary>What may be told of power: <c>starting</c> and the like are on their way, <c>unknown</c> is none.</summary>
    private static string? PowerOf(JsonElement view)
    {
        if (BodyPath.Find(view, "properties.instanceView.statuses") is not { ValueKind: JsonValueKind.Array } statuses)
        {
            return null;
        }

        var power = statuses.EnumerateArray()
            .Select(status => BodyPath.Text(status, "code"))
            .FirstOrDefault(code => code?.StartsWith(PowerCode, StringComparison.OrdinalIgnoreCase) is true)?[PowerCode.Length..].ToLowerInvariant();
        return power is "running" or "starting" or "stopped" or "stopping" or "deallocated" or "deallocating" ? power : null;
    }

    /// <summary>
    /// A health extension knows best. Else the agent in the machine: that it answers says that the system runs. That it does not says
    /// something only where Azure put it there; a machine of somebody's own image may have none.
    /// </summary>
    private static InstanceHealth HealthOf(JsonElement root, JsonElement view)
    {
        var instance = BodyPath.Find(view, "properties.instanceView") ?? default;
        var told = HealthStates.OfApplication(instance);
        if (told != InstanceHealth.Unknown || BodyPath.Find(instance, "vmAgent") is not { } agent)
        {
            return told;
        }

        return HealthStates.Has(agent, "statuses", "ProvisioningState/succeeded") ? InstanceHealth.Healthy
            : BodyPath.Text(root, "properties.osProfile.linuxConfiguration.provisionVMAgent") == "true"
                || BodyPath.Text(root, "properties.osProfile.windowsConfiguration.provisionVMAgent") == "true" ? InstanceHealth.Unhealthy
            : InstanceHealth.Unknown;
    }

    private static CapacityOwner OwnerOf(JsonElement root) =>
        TargetId.TryParse(BodyPath.Text(root, "properties.virtualMachineScaleSet.id"), out var set)
            ? new CapacityOwner(OwnerKind.Platform, "Azure", $"it is an instance of the scale set {set.Name}")
        : BodyPath.Find(root, "properties.storageProfile.osDisk.diffDiskSettings") is not null
            ? new CapacityOwner(OwnerKind.Platform, "Azure", "its system disk is ephemeral, so it cannot be deallocated")
        : CapacityOwner.Nobody;

    private static string Hash(params string[] parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
}
