using ScaleFunctions.Adapters.Inventory;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Adapters.Tests.AppService;

/// <summary>A plan that scales by app: <c>shop</c> is to run on three of its four instances.</summary>
public sealed class PlanAppsTests : PlanTest
{
    protected override SandboxOptions Options() => base.Options() with
    {
        PageSize = 1,
        Estate = new EstateSpec([]) { Plans = [Plan("portal") with { Apps = new Dictionary<string, int> { ["shop"] = 3, ["admin"] = 1 } }] },
    };

    [Fact]
    public async Task Has_as_many_as_its_largest_app_asks_for() =>
        Assert.Equal(new PlatformBound(3, "a plan whose app shop is to run on them"), (await ListAsync()).Least);

    [Fact]
    public async Task Is_not_lowered_where_its_apps_could_not_be_read()
    {
        Fault(new AnswerWith(403, "AuthorizationFailed"), "GET", "portal/sites");

        Assert.Equal(new PlatformBound(4, "a plan that scales by app, and whose apps could not be read"), (await ListAsync()).Least);
        Assert.Contains("could not be read", Assert.IsType<WriteResult.Rejected>(
            await Target().WriteAsync(await PlanAsync(3) with { From = 4 }, Cancellation)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_that_asks_for_more_since_is_asked_again_before_the_write()
    {
        Assert.Equal(
            "nothing was sent: its app shop is to run on 3 instances",
            Assert.IsType<WriteResult.Rejected>(await Target().WriteAsync(await PlanAsync(2) with { From = 4 }, Cancellation)).Message);
        Assert.Empty(Sandbox.Writes.All);

        Assert.IsType<WriteResult.Accepted>(await Target().WriteAsync(await PlanAsync(3) with { From = 4 }, Cancellation));
    }

    [Fact]
    public async Task Its_apps_are_not_asked_for_each_tick()
    {
        var list = new PlanList(Connect());
        for (var tick = 0; tick < 3; tick++)
        {
            await list.ReadAsync(new TargetListing(Subscription), Cancellation);
        }

        Assert.Equal(2, Count(RequestKind.PlanApps));
    }

    private async Task<ObservedTarget> ListAsync()
    {
        var listing = new TargetListing(Subscription);
        await new PlanList(Connect()).ReadAsync(listing, Cancellation);
        return Assert.Single(listing.Targets);
    }
}
