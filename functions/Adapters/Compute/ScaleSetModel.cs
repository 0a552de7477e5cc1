using System.Text.Json;
using ScaleFunctions.Adapters.Generic;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Compute;

/// <summary>What a scale set says its instances shall be, once it has proven plausible.</summary>
/// <param name="Size">The size they shall have.</param>
/// <param name="Mode">How they come to it.</param>
/// <param name="IsUpdating">Whether an operation on it is running.</param>
/// <param name="Needs">What another size must have.</param>
internal sealed record ScaleSetModel(string Size, RollOutMode Mode, bool IsUpdating, SizeNeeds Needs)
{
    /// <summary>The model, or null and why nobody should change its size.</summary>
    public static ScaleSetModel? Read(TargetId target, JsonElement root, out string problem)
    {
        problem = "the answer is about another resource";
        if (!TargetId.TryParse(BodyPath.Text(root, "id"), out var id) || id != target)
        {
            return null;
        }

        problem = "it has no model of its instances, so it has no size";
        if (BodyPath.Text(root, "sku.name") is not { Length: > 0 } size || BodyPath.Find(root, "properties.virtualMachineProfile") is not { } profile)
        {
            return null;
        }

        problem = "it is an instance mix: its instances are of several sizes, and none is its own";
        if (size.Equals(ScaleSetAnswer.Mix, StringComparison.OrdinalIgnoreCase) || BodyPath.Find(root, "properties.skuProfile") is not null)
        {
            return null;
        }

        // Azure has upgrade policies for these, too, but no view of all their instances: it refuses $expand=instanceView, and their
        // health would have to be asked of each machine.
        problem = "its orchestration is flexible: Azure does not tell how its instances are while they are brought to another size";
        if (Is(BodyPath.Text(root, "properties.orchestrationMode"), "Flexible"))
        {
            return null;
        }

        problem = "it has no upgrade policy or provisioning state that is known here";
        if (ModeOf(BodyPath.Text(root, "properties.upgradePolicy.mode")) is not { } mode
            || BodyPath.Text(root, "properties.provisioningState") is not { Length: > 0 } state)
        {
            return null;
        }

        problem = "";
        return new ScaleSetModel(size, mode, state.ToUpperInvariant() is not ("SUCCEEDED" or "FAILED" or "CANCELED"), NeedsOf(root, profile));
    }

    private static RollOutMode? ModeOf(string? mode) =>
        Is(mode, "Manual") ? RollOutMode.ByHand
        : Is(mode, "Rolling") || Is(mode, "Automatic") ? RollOutMode.ByAzure
        : null;

    private static SizeNeeds NeedsOf(JsonElement root, JsonElement profile)
    {
        var interfaces = ComputeNeeds.Items(profile, "networkProfile.networkInterfaceConfigurations");
        return ComputeNeeds.OfStorage(profile) with
        {
            NetworkInterfaces = Math.Max(1, interfaces.Count),
            AcceleratedNetworking = interfaces.Any(each => BodyPath.Text(each, "properties.enableAcceleratedNetworking") == "true"),
            Zones = ComputeNeeds.Texts(root, "zones"),
        };
    }

    private static bool Is(string? text, string word) => string.Equals(text, word, StringComparison.OrdinalIgnoreCase);
}
