using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Sizes;
using static ScaleFunctions.Core.Tests.Builders.SomeFleet;

namespace ScaleFunctions.Core.Tests.Decisions.Rightsizing;

public sealed class SizeChecksTests
{
    private static readonly SizeNeeds Demanding = new()
    {
        DataDisks = 4,
        NetworkInterfaces = 2,
        PremiumStorage = true,
        EphemeralDiskGiB = 30,
        AcceleratedNetworking = true,
        Zones = ["1", "2"],
        Offered = new HashSet<string> { "Standard_D2s_v5" },
    };

    private static readonly SizeOffer Able = Size(
        "Standard_D2s_v5", 2, 8, Family, ("MaxDataDiskCount", "4"), ("MaxNetworkInterfaces", "2"), ("PremiumIO", "True"), ("EphemeralOSDiskSupported", "True"),
        ("CachedDiskBytes", "53687091200"), ("AcceleratedNetworkingEnabled", "True"), ("CpuArchitectureType", "x64"), ("HyperVGenerations", "V1,V2"),
        ("DiskControllerTypes", "SCSI,NVMe"), ("MaxResourceVolumeMB", "0"));

    private static readonly SizeOffer Now = Size("Standard_D4s_v5", 4, 16, Family, ("HyperVGenerations", "V1,V2"), ("DiskControllerTypes", "SCSI"), ("MaxResourceVolumeMB", "0"));

    [Fact]
    public void What_has_all_that_is_needed_is_taken() => Assert.Null(SizeChecks.WhyNot(Able, Now, Demanding));

    /// <summary>Each by itself, so that a check that is removed is missed.</summary>
    [Theory]
    [InlineData("MaxDataDiskCount", "2", "takes 2 data disks, and 4 are attached")]
    [InlineData("MaxDataDiskCount", null, "takes nobody knows how many data disks")]
    [InlineData("MaxNetworkInterfaces", "1", "takes 1 network interfaces, and there are 2")]
    [InlineData("PremiumIO", "False", "no premium storage")]
    [InlineData("EphemeralOSDiskSupported", "False", "an ephemeral disk of 30 GiB does not fit")]
    [InlineData("CachedDiskBytes", "21474836480", "an ephemeral disk of 30 GiB does not fit")]
    [InlineData("AcceleratedNetworkingEnabled", null, "no accelerated networking")]
    [InlineData("CpuArchitectureType", "Arm64", "its processors are Arm64, those of now x64")]
    [InlineData("HyperVGenerations", "V2", "no images of generation V1")]
    [InlineData("DiskControllerTypes", "NVMe", "no SCSI disk controller")]
    [InlineData("MaxResourceVolumeMB", "76800", "it has a local temporary disk, and there is none")]
    [InlineData("GPUs", "1", "other graphics processors")]
    public void What_lacks_one_thing_is_refused(string capability, string? value, string why)
    {
        var capabilities = Able.Capabilities.Where(each => each.Key != capability).ToDictionary();
        if (value is not null)
        {
            capabilities[capability] = value;
        }

        Assert.Contains(why, SizeChecks.WhyNot(Able with { Capabilities = capabilities }, Now, Demanding), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_to_be_had_is_refused()
    {
        Assert.Contains("none of it in the region (NotAvailableForSubscription)", SizeChecks.WhyNot(Able with { WhyNot = "NotAvailableForSubscription" }, Now, Demanding), StringComparison.Ordinal);
        Assert.Contains("none of it in zone 2", SizeChecks.WhyNot(Able with { ClosedZones = ["2", "3"] }, Now, Demanding), StringComparison.Ordinal);
        Assert.Contains("own list of sizes", SizeChecks.WhyNot(Able with { Name = "Standard_D2as_v5" }, Now, Demanding), StringComparison.Ordinal);
        Assert.Contains("burstable", SizeChecks.WhyNot(Able with { Name = "Standard_B2ms" }, Now, Demanding with { Offered = null }), StringComparison.Ordinal);
    }

    [Fact]
    public void What_needs_nothing_takes_a_size_of_which_little_is_told() => Assert.Null(SizeChecks.WhyNot(D2, D4, new SizeNeeds()));
}
