using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>The shop after some years: what people left behind stands about beside it, and something of each kind that is in use.</summary>
public static class LeftoverEstate
{
    private const string Subscription = EstateSpec.DefaultSubscription;
    private const string Group = EstateSpec.DefaultResourceGroup;

    public static EstateSpec Create(int seed)
    {
        var shop = EstateSpec.CreateDefault(seed);
        return shop with
        {
            Plans = [.. shop.Plans, Plan("plan-old", 0, 0), Plan("plan-idle", 1, 0.02)],
            VirtualMachines = [Machine("vm-build", 0.5), Machine("vm-forgotten", 0.005), Machine("vm-parked", 0.5) with { InitialCapacity = 0 }],
            Idle =
            [
                new DiskSpec { Id = DiskSpec.IdOf(Subscription, Group, "disk-left"), Tags = Tags },
                new DiskSpec { Id = DiskSpec.IdOf(Subscription, Group, "disk-parked"), Size = 512, Tags = Tags, UsedBy = VirtualMachineSpec.IdOf(Subscription, Group, "vm-parked").Value },
                new SnapshotSpec { Id = SnapshotSpec.IdOf(Subscription, Group, "snap-before-upgrade"), Tags = Tags },
                new PublicAddressSpec { Id = PublicAddressSpec.IdOf(Subscription, Group, "ip-left"), Tags = Tags },
                new PublicAddressSpec
                {
                    Id = PublicAddressSpec.IdOf(Subscription, Group, "ip-of-gateway"),
                    Address = "203.0.113.11",
                    IsOfGateway = true,
                    UsedBy = $"/subscriptions/{Subscription}/resourceGroups/{Group}/providers/Microsoft.Network/natGateways/out",
                    Tags = Tags,
                },
                new LoadBalancerSpec { Id = LoadBalancerSpec.IdOf(Subscription, Group, "lb-left"), Tags = Tags },
                new LoadBalancerSpec
                {
                    Id = LoadBalancerSpec.IdOf(Subscription, Group, "lb-web"),
                    Backends = [$"/subscriptions/{Subscription}/resourceGroups/{Group}/providers/Microsoft.Network/networkInterfaces/nic/ipConfigurations/ip"],
                    Tags = Tags,
                },
            ],
        };
    }

    private static Dictionary<string, string> Tags => new() { ["app"] = "shop" };

    private static PlanSpec Plan(string name, int sites, double load) => new()
    {
        Id = PlanSpec.IdOf(Subscription, Group, name),
        Load = new ConstantLoad(load),
        InitialCapacity = 2,
        Sites = sites,
        Tags = Tags,
    };

    private static VirtualMachineSpec Machine(string name, double load) => new()
    {
        Id = VirtualMachineSpec.IdOf(Subscription, Group, name),
        Load = new ConstantLoad(load),
        Tags = Tags,
    };
}
