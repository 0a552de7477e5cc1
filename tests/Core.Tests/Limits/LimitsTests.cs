using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Limits;

public sealed class LimitsTests
{
    [Theory]
    [InlineData("*", "Microsoft.Compute/virtualMachineScaleSets/write", true)]
    [InlineData("*/read", "Microsoft.Compute/virtualMachineScaleSets/write", false)]
    [InlineData("microsoft.compute/*", "Microsoft.Compute/virtualMachineScaleSets/write", true)]
    [InlineData("Microsoft.Compute/*/write", "Microsoft.Compute/virtualMachineScaleSets/write", true)]
    [InlineData("Microsoft.Compute/virtualMachineScaleSets/WRITE", "Microsoft.Compute/virtualMachineScaleSets/write", true)]
    [InlineData("Microsoft.Compute/virtualMachines/*", "Microsoft.Compute/virtualMachineScaleSets/write", false)]
    [InlineData("a*ba", "aba", true)]
    [InlineData("ab*ba", "aba", false)]
    [InlineData("", "x", false)]
    public void Patterns_of_roles_fit_actions(string pattern, string action, bool fits) => Assert.Equal(fits, ActionPattern.Fits(pattern, action));

    [Fact]
    public void What_one_role_leaves_out_another_may_grant()
    {
        var without = new GrantedActions.Role(["*"], ["*/write"]);

        Assert.False(new GrantedActions([without]).Allow("Microsoft.Web/serverfarms/write"));
        Assert.True(new GrantedActions([without, new(["Microsoft.Web/serverfarms/write"], [])]).Allow("Microsoft.Web/serverfarms/write"));
        Assert.False(new GrantedActions([]).Allow("Microsoft.Web/serverfarms/write"));
    }

    [Theory]
    [InlineData("/subscriptions/S-1", LockLevel.ReadOnly, true, "the subscription")]
    [InlineData("/subscriptions/s-1/resourceGroups/shop", LockLevel.ReadOnly, true, "the resource group shop")]
    [InlineData("/subscriptions/s-1/resourceGroups/shop", LockLevel.CanNotDelete, false, "the resource group shop")]
    [InlineData("/subscriptions/s-1/resourceGroups/sho", LockLevel.ReadOnly, false, "the resource group sho")]
    [InlineData("/subscriptions/s-1/resourceGroups/shop/providers/Microsoft.Compute/virtualMachineScaleSets/web", LockLevel.ReadOnly, true, "web")]
    [InlineData("/subscriptions/s-1/resourceGroups/shop/providers/Microsoft.Compute/virtualMachineScaleSets/web2", LockLevel.ReadOnly, false, "web2")]
    public void A_read_only_lock_holds_for_all_below_it(string scope, LockLevel level, bool holds, string place)
    {
        var held = new ResourceLock("l", scope, level);

        Assert.Equal((holds, place), (held.HoldsWritesOf(Some.Id()), held.Place));
    }
}
