using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Tests.Targets;

public sealed class MonitoredResourceTests
{
    private const string Group = "/subscriptions/s/resourceGroups/g/providers";

    [Theory]
    [InlineData("/Microsoft.Sql/servers/a/databases/b", "Microsoft.Sql/servers/databases")]
    [InlineData("/Microsoft.Storage/storageAccounts/a/queueServices/default", "Microsoft.Storage/storageAccounts/queueServices")]
    [InlineData("/Microsoft.Web/serverfarms/plan", "Microsoft.Web/serverfarms")]
    public void Knows_its_type(string rest, string type) => Assert.Equal(type, MonitoredResource.Parse(Group + rest, "westeurope").ResourceType);

    [Theory]
    [InlineData("")]
    [InlineData("lb-1")]
    [InlineData("/subscriptions/s/resourceGroups/g")]
    [InlineData("/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/serverfarms")]
    [InlineData("/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/serverfarms/plan/sites")]
    [InlineData("/subscriptions/s/resourceGroups/../providers/Microsoft.Web/serverfarms/plan")]
    [InlineData("/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/serverfarms/plan?x=1")]
    [InlineData("/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/serverfarms/a%2fb")]
    [InlineData("https://evil.example/subscriptions/s/resourceGroups/g/providers/a/b/c")]
    public void Refuses_what_is_no_id(string text) => Assert.False(MonitoredResource.TryParse(text, "westeurope", out _));

    [Fact]
    public void Is_equal_however_it_is_spelled()
    {
        var one = MonitoredResource.Parse($"{Group}/Microsoft.Web/serverfarms/plan", "West Europe");
        var other = MonitoredResource.Parse($"{Group}/microsoft.web/SERVERFARMS/Plan", "westeurope");

        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, MonitoredResource.Parse(one.Id, "northeurope"));
    }
}
