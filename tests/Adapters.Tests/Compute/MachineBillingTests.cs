using System.Text.Json;
using ScaleFunctions.Adapters.Compute;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Tests.Compute;

public sealed class MachineBillingTests
{
    [Theory]
    [InlineData("""{ "storageProfile": { "osDisk": { "osType": "Linux" } } }""", BilledSystem.Linux, false, false)]
    [InlineData("""{ "storageProfile": { "osDisk": { "osType": "Windows" } }, "priority": "Spot" }""", BilledSystem.Windows, true, false)]
    [InlineData("""{ "storageProfile": { "osDisk": { "osType": "Windows" } }, "priority": "Regular", "licenseType": "windows_server" }""", BilledSystem.Windows, false, true)]
    public void The_system_the_priority_and_the_licence_tell_how_it_is_billed(string properties, BilledSystem system, bool isSpot, bool bringsLicense) =>
        Assert.Equal(new BillingTerms(system, isSpot, bringsLicense), Of(properties));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "storageProfile": { "osDisk": { "osType": 7 } } }""")]
    [InlineData("""{ "storageProfile": null }""")]
    public void What_does_not_tell_its_system_has_no_terms(string properties) => Assert.Null(Of(properties));

    private static BillingTerms? Of(string properties)
    {
        using var document = JsonDocument.Parse($$"""{ "properties": {{properties}} }""");
        return MachineBilling.Of(document.RootElement);
    }
}
