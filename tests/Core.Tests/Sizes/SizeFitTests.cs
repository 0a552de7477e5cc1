using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Sizes;

public sealed class SizeFitTests
{
    private static readonly SizeOffer Size = SomeSizes.Offer("Standard_D2s_v5", 2) with
    {
        Capabilities = new Dictionary<string, string>
        {
            ["MaxDataDiskCount"] = "4",
            ["MaxNetworkInterfaces"] = "2",
            ["PremiumIO"] = "True",
            ["AcceleratedNetworkingEnabled"] = "True",
            ["EphemeralOSDiskSupported"] = "True",
            ["MaxResourceVolumeMB"] = "76800",
            ["CachedDiskBytes"] = "53687091200",
        },
        ClosedZones = ["3"],
    };

    private static readonly SizeNeeds Everything = new()
    {
        DataDisks = 4,
        NetworkInterfaces = 2,
        PremiumStorage = true,
        AcceleratedNetworking = true,
        EphemeralDiskGiB = 75,
        Zones = ["1", "2"],
        Offered = new HashSet<string> { "Standard_D2s_v5" },
    };

    [Fact]
    public void A_size_that_has_it_all_fits()
    {
        Assert.Null(SizeFit.WhyNot(Size, Everything));
        Assert.Null(SizeFit.WhyNot(Size with { Capabilities = new Dictionary<string, string>() }, new SizeNeeds()));
    }

    [Fact]
    public void Each_thing_it_lacks_is_told()
    {
        Tells("it takes 4 data disks, and there are 5", Everything with { DataDisks = 5 });
        Tells("it takes 2 network interfaces, and there are 3", Everything with { NetworkInterfaces = 3 });
        Tells("zone 3 gives none of it", Everything with { Zones = ["1", "3"] });
        Tells("it is not offered to this resource", Everything with { Offered = new HashSet<string>() });
        Tells("it has no room of 76 GiB on its host for the operating system's disk", Everything with { EphemeralDiskGiB = 76 });
    }

    [Theory]
    [InlineData("PremiumIO", "it takes no premium disks")]
    [InlineData("AcceleratedNetworkingEnabled", "it has no accelerated networking")]
    [InlineData("EphemeralOSDiskSupported", "it has no room of 75 GiB on its host for the operating system's disk")]
    [InlineData("MaxDataDiskCount", "it takes 0 data disks, and there are 4")]
    [InlineData("MaxNetworkInterfaces", "it takes 0 network interfaces, and there are 2")]
    public void What_azure_does_not_name_is_not_there(string capability, string text) => Assert.Equal(text, SizeFit.WhyNot(
        Size with { Capabilities = Size.Capabilities.Where(each => each.Key != capability).ToDictionary() }, Everything));

    private static void Tells(string text, SizeNeeds needs) => Assert.Equal(text, SizeFit.WhyNot(Size, needs));
}
