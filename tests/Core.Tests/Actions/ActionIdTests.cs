using ScaleFunctions.Core.Actions;

namespace ScaleFunctions.Core.Tests.Actions;

public sealed class ActionIdTests
{
    [Theory]
    [InlineData("web@12", "web", 12)]
    [InlineData("/subscriptions/s-1/resourceGroups/shop/providers/P/T/web@1", "/subscriptions/s-1/resourceGroups/shop/providers/P/T/web", 1)]
    [InlineData("a@b@3", "a@b", 3)]
    public void Is_a_target_and_a_number(string text, string target, long epoch)
    {
        var id = ActionId.TryParse(text);

        Assert.Equal(new ActionId(target, epoch), id);
        Assert.Equal(text, $"{id}");
    }

    [Theory]
    [InlineData(""), InlineData("web"), InlineData("@1"), InlineData("web@"), InlineData("web@0"), InlineData("web@-1"), InlineData("web@+1"), InlineData("web@1.0"), InlineData("web@99999999999999999999")]
    public void Anything_else_is_none(string text) => Assert.Null(ActionId.TryParse(text));
}
