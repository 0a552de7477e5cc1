using System.Text.Json;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Targets;

public sealed class TargetIdTests
{
    [Fact]
    public void Takes_an_id_apart()
    {
        var id = TargetId.Parse("/subscriptions/s-1/resourceGroups/Shop/providers/Microsoft.Web/serverFarms/Plan-1");

        Assert.Equal(("s-1", "Shop", "Microsoft.Web/serverFarms", "Plan-1"), (id.Subscription, id.ResourceGroup, id.ResourceType, id.Name));
    }

    [Fact]
    public void Takes_a_nested_id_apart()
    {
        var id = TargetId.Parse("/subscriptions/s-1/resourceGroups/shop/providers/Microsoft.Sql/servers/db-1/databases/orders");

        Assert.Equal(("Microsoft.Sql/servers/databases", "db-1/orders"), (id.ResourceType, id.Name));
        Assert.Equal("/subscriptions/s-1/resourceGroups/shop/providers/Microsoft.Sql/servers/db-1", id.Parent);
        Assert.Null(TargetId.Parse(id.Parent!).Parent);
    }

    [Fact]
    public void Compares_without_regard_to_case_and_keeps_the_spelling()
    {
        var upper = TargetId.Parse(Some.Id().Value.ToUpperInvariant());

        Assert.Equal(Some.Id(), upper);
        Assert.Equal(Some.Id().GetHashCode(), upper.GetHashCode());
        Assert.NotEqual(Some.Id().ToString(), upper.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("web")]
    [InlineData("subscriptions/s/resourceGroups/g/providers/n/t/x")]
    [InlineData("/subscriptions/s/resourceGroups/g/providers/n/t")]
    [InlineData("/subscriptions/s/resourceGroups/g/providers/n/t/x/")]
    [InlineData("/subscriptions/s/resourceGroups/g/providers/n/t/x/child")]
    [InlineData("/subscriptions/s/resourceGroups/g/providers/n/t/x/child/..")]
    [InlineData("/subscriptions/s/resourceGroups/g/providers/n/t/x/providers/m/u/y")]
    [InlineData("/subscriptions/s/resourceGroups/g/providers/n/providers/x")]
    [InlineData("/subscriptions/s/resourceGroups/g/providers/n/t/x/a/y/providers/z")]
    [InlineData("/subscriptions/s/resourceGroups/g/providers/n/t/x/a/y/b/z/c")]
    [InlineData("/subscriptions/s/resourceGroups/g/providers/n/t/x/a/y/b/z/c/w")]
    [InlineData("/subscriptions//resourceGroups/g/providers/n/t/x")]
    [InlineData("/subscription/s/resourceGroups/g/providers/n/t/x")]
    [InlineData("/subscriptions/s/resourceGroups/g/providers/n/t/x\n")]
    [InlineData("/subscriptions/s/resourceGroups/../providers/n/t/x")]
    [InlineData("/subscriptions/s/resourceGroups/./providers/n/t/x")]
    [InlineData("/subscriptions/s/resourceGroups/g/providers/n/t/x?api-version=1")]
    [InlineData("/subscriptions/s/resourceGroups/g/providers/n/t/x#y")]
    [InlineData("/subscriptions/s/resourceGroups/g/providers/n/t/%2e%2e")]
    [InlineData("/subscriptions/s/resourceGroups/g/providers/n/t/..\\x")]
    public void Refuses_what_is_no_id_of_a_resource(string? text)
    {
        Assert.False(TargetId.TryParse(text, out _));
        Assert.Throws<FormatException>(() => TargetId.Parse(text!));
    }

    [Fact]
    public void Refuses_a_text_without_end() =>
        Assert.False(TargetId.TryParse($"/subscriptions/s/resourceGroups/g/providers/n/t/{new string('x', 2048)}", out _));

    [Fact]
    public void Is_one_string_in_a_stored_row()
    {
        var json = JsonSerializer.Serialize(new TargetRow { Target = Some.Id() }, StateJson.Default.TargetRow);

        Assert.Contains($"\"target\":\"{Some.Id()}\"", json, StringComparison.Ordinal);
        Assert.Equal(Some.Id(), JsonSerializer.Deserialize(json, StateJson.Default.TargetRow)!.Target);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("""{"target":"web"}""", StateJson.Default.TargetRow));
    }
}
