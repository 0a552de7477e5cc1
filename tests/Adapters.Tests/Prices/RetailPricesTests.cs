using ScaleFunctions.Adapters.Inventory;
using ScaleFunctions.Adapters.Prices;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Load;
using ScaleFunctions.Sandbox.Prices;
using ScaleFunctions.Sandbox.Requests;
using ScaleFunctions.Sandbox.Throttling;

namespace ScaleFunctions.Adapters.Tests.Prices;

public sealed class RetailPricesTests : AzureTest
{
    private const string Host = "prices.azure.com";
    private const string Sets = "microsoft.compute/virtualmachinescalesets";
    private const string PlanType = "microsoft.web/serverfarms";

    private static readonly BillingTerms Linux = new(BilledSystem.Linux);
    private static readonly BillingTerms Windows = new(BilledSystem.Windows);

    private static readonly PriceRow Twice = new("Virtual Machines", "Virtual Machines X Series", "X1", "Standard_X1", "X1", "westeurope", 1);

    protected override SandboxOptions Options() => new()
    {
        PageSize = 2,
        Throttle = ThrottleLimits.None,
        Estate = new EstateSpec(
        [
            Spec("web"), Spec("win") with { OperatingSystem = "Windows" }, Spec("own") with { OperatingSystem = "Windows", License = "Windows_Server" },
            Spec("spot") with { Priority = "Spot" },
        ])
        {
            Plans = [new PlanSpec { Id = PlanSpec.IdOf(Subscription, "shop", "portal"), Load = new ConstantLoad(1) }],
            Prices = [Twice, Twice with { Dollars = 2 }],
        },
    };

    public static TheoryData<PriceQuery, double, string> Known { get; } = new()
    {
        { new(Sets, "Standard_D4s_v5", "westeurope", Linux), 0.230, "Virtual Machines Dsv5 Series, D4s v5" },
        { new(Sets, "Standard_D4s_v5", "northeurope", Linux), 0.214, "Virtual Machines Dsv5 Series, D4s v5" },
        { new("microsoft.compute/virtualmachines", "Standard_D4s_v5", "westeurope", Linux), 0.230, "Virtual Machines Dsv5 Series, D4s v5" },
        { new(Sets, "Standard_D4s_v5", "westeurope", Windows), 0.414, "Virtual Machines Dsv5 Series Windows, D4s v5" },
        { new(Sets, "Standard_D4s_v5", "westeurope", Windows with { BringsLicense = true }), 0.230, "Virtual Machines Dsv5 Series, D4s v5" },
        { new(PlanType, "P1v3", "westeurope", Linux), 0.17, "Azure App Service Premium v3 Plan - Linux, P1 v3 App" },
        { new(PlanType, "P1v3", "westeurope", Windows), 0.335, "Azure App Service Premium v3 Plan, P1 v3 App" },
        { new("microsoft.compute/disks", "P10 LRS", "westeurope", null), 19.7 / 730, "Premium SSD Managed Disks, P10 LRS Disk" },
        { new("microsoft.compute/snapshots", "Snapshots LRS", "westeurope", null), 0.05 / 730, "Standard HDD Managed Disks, LRS Snapshots" },
        { new("microsoft.network/publicipaddresses", "Standard", "westeurope", null), 0.005, "IP Addresses, Standard IPv4 Static Public IP" },
        { new("microsoft.network/loadbalancers", "Standard", "westeurope", null), 0.025, "Load Balancer, Standard Included LB Rules and Outbound Rules" },
        { new(PlanType, "S1", "swedencentral", Linux), 0.095, "Azure App Service Standard Plan - Linux, S1 App" },
        { new("microsoft.eventhub/namespaces", "Standard", "westeurope", null), 0.03, "Event Hubs, Standard Throughput Unit" },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public async Task Picks_the_meter_that_bills_it(PriceQuery query, double dollars, string meter)
    {
        var price = Assert.IsType<PriceReading.Known>(await ReadAsync(query)).Price;

        Assert.Equal(new Price(new Money((decimal)dollars, "USD"), PriceBasis.Retail, new DateOnly(2026, 1, 5), meter), price with
        {
            // A month's price in hours has no end; a double tells fifteen digits of it.
            PerHour = price.PerHour with { Amount = (decimal)(double)price.PerHour.Amount },
        });
    }

    public static TheoryData<PriceQuery, string> Missing { get; } = new()
    {
        { new(Sets, "Standard_Q1", "westeurope", Linux), "Azure lists no price in USD of Standard_Q1 in westeurope" },
        { new(Sets, "Standard_D4s_v5", "atlantis", Linux), "Azure lists no price in USD of Standard_D4s_v5 in atlantis" },
        { new(Sets, "Standard_D4s_v5", "westeurope", null), "what runs on it, Linux or Windows, is not known" },
        { new(Sets, "Standard_D4s_v5", "westeurope", Linux with { IsSpot = true }), "it runs on spot capacity, whose price changes" },
        { new(Sets, "Standard_X1", "westeurope", Linux), "Azure lists 2 different prices of Standard_X1 in westeurope" },
        { new(PlanType, "EP1", "westeurope", Linux), "a plan of size EP1 is not billed by its instances" },
        { new("microsoft.sql/servers", "S0", "westeurope", null), "nothing is known of how microsoft.sql/servers is billed" },
        { new(Sets, "x' or 1 eq 1", "westeurope", Linux), "x' or 1 eq 1 in westeurope is no size in a region" },
    };

    [Theory]
    [MemberData(nameof(Missing))]
    public async Task What_has_no_one_price_is_missing_and_says_why(PriceQuery query, string why) =>
        Assert.Equal(why, Assert.IsType<PriceReading.Missing>(await ReadAsync(query)).Why);

    [Fact]
    public async Task Prices_are_in_the_currency_asked_for()
    {
        var query = new PriceQuery(Sets, "Standard_D4s_v5", "westeurope", Linux);

        Assert.Equal(new Money(0.207m, "EUR"), Assert.IsType<PriceReading.Known>((await Prices().ReadAsync([query], "EUR", Cancellation))[query]).Price.PerHour);
        Assert.Contains("HTTP 400", Why((await Prices().ReadAsync([query], "XXX", Cancellation))[query]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sizes_of_a_region_are_asked_for_together_and_read_page_by_page()
    {
        PriceQuery[] queries = [.. from size in (string[])["Standard_D2s_v5", "Standard_D4s_v5", "Standard_E4s_v5"] from terms in (BillingTerms[])[Linux, Windows] select new PriceQuery(Sets, size, "westeurope", terms)];

        var readings = await Prices().ReadAsync(queries, "USD", Cancellation);

        Assert.All(queries, query => Assert.IsType<PriceReading.Known>(readings[query]));

        // Four lines for consumption of each of three sizes, two on a page.
        Assert.Equal(6, Count(RequestKind.Prices));
    }

    [Fact]
    public async Task A_next_page_elsewhere_gets_no_request()
    {
        Fault(new AnswerWith(200, Body: """{"Items":[],"NextPageLink":"https://evil.example/api/retail/prices?$skip=2"}"""), target: Host);

        Assert.Contains("gets no request of ours", Why(await ReadAsync(new(Sets, "Standard_D4s_v5", "westeurope", Linux))), StringComparison.Ordinal);
        Assert.Equal(1, Count(RequestKind.Prices));
    }

    public static TheoryData<FaultEffect> Faults { get; } =
    [
        new AnswerWith(500), new AnswerWith(200, Body: "<html>"), new AnswerWith(200, Body: "[]"), new AnswerWith(200, Body: "{}"), new TruncateAnswer(20),
        new AnswerWith(200, Body: """{"Items":[],"NextPageLink":"nowhere"}"""), new Throttle(3600), new DropBeforeLanding(),
        new AnswerWith(200, Body: """{"Items":[],"NextPageLink":"https://prices.azure.com:443/api/retail/prices?$skip=0"}"""),
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_cannot_be_read_is_missing(FaultEffect fault)
    {
        Fault(fault, target: Host);

        Assert.StartsWith("Azure's price list could not be read: ", Why(await ReadAsync(new(Sets, "Standard_D4s_v5", "westeurope", Linux))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Items":[7,{"serviceName":"Virtual Machines"}],"NextPageLink":null}""")]
    [InlineData("""{"Items":[{"currencyCode":"USD","tierMinimumUnits":0,"retailPrice":0,"armRegionName":"westeurope","effectiveStartDate":"2020-01-01T00:00:00Z","meterName":"D4s v5","productName":"Virtual Machines Dsv5 Series","skuName":"D4s v5","serviceName":"Virtual Machines","unitOfMeasure":"1 Hour","type":"Consumption","armSkuName":"Standard_D4s_v5"}]}""")]
    [InlineData("""{"Items":[{"currencyCode":"USD","tierMinimumUnits":0,"retailPrice":1,"armRegionName":"westeurope","effectiveStartDate":"2030-01-01T00:00:00Z","meterName":"D4s v5","productName":"Virtual Machines Dsv5 Series","skuName":"D4s v5","serviceName":"Virtual Machines","unitOfMeasure":"1 Hour","type":"Consumption","armSkuName":"Standard_D4s_v5"}]}""")]
    [InlineData("""{"Items":[{"currencyCode":"USD","tierMinimumUnits":0,"retailPrice":1,"armRegionName":"westeurope","effectiveStartDate":"2020-01-01T00:00:00Z","effectiveEndDate":"2021-01-01T00:00:00Z","meterName":"D4s v5","productName":"Virtual Machines Dsv5 Series","skuName":"D4s v5","serviceName":"Virtual Machines","unitOfMeasure":"1 Hour","type":"Consumption","armSkuName":"Standard_D4s_v5"}]}""")]
    [InlineData("""{"Items":[{"currencyCode":"USD","tierMinimumUnits":0,"retailPrice":1,"armRegionName":"westeurope","effectiveStartDate":"2020-01-01T00:00:00Z","meterName":"D4s v5","productName":"Virtual Machines Dsv5 Series","skuName":"D4s v5","serviceName":"Virtual Machines","unitOfMeasure":"1 Month","type":"Consumption","armSkuName":"Standard_D4s_v5"}]}""")]
    [InlineData("""{"Items":[{"currencyCode":"EUR","tierMinimumUnits":0,"retailPrice":1,"armRegionName":"westeurope","effectiveStartDate":"2020-01-01T00:00:00Z","meterName":"D4s v5","productName":"Virtual Machines Dsv5 Series","skuName":"D4s v5","serviceName":"Virtual Machines","unitOfMeasure":"1 Hour","type":"Consumption","armSkuName":"Standard_D4s_v5"}]}""")]
    public async Task Lines_that_do_not_hold_now_for_an_hour_in_that_currency_price_nothing(string body)
    {
        Fault(new AnswerWith(200, Body: body), target: Host);

        Assert.StartsWith("Azure lists no price", Why(await ReadAsync(new(Sets, "Standard_D4s_v5", "westeurope", Linux))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_inventory_tells_how_what_it_lists_is_billed()
    {
        var arm = Connect();
        var inventory = new EstateInventory(arm, [new ScaleSetList(arm), new PlanList(arm)], [Subscription]);

        var targets = (await inventory.ListAsync(Cancellation)).Targets;

        Assert.Equal(
            [
                new("own", new BillingTerms(BilledSystem.Windows, BringsLicense: true)), new("portal", Linux),
                new("spot", Linux with { IsSpot = true }), new("web", Linux), new("win", Windows),
            ],
            targets.OrderBy(target => target.Id.Name).Select(target => KeyValuePair.Create(target.Id.Name, target.Billing)));
    }

    private RetailPrices Prices() => new(Connect());

    private async Task<PriceReading> ReadAsync(PriceQuery query) => (await Prices().ReadAsync([query], "USD", Cancellation))[query];

    private static string Why(PriceReading reading) => Assert.IsType<PriceReading.Missing>(reading).Why;
}
