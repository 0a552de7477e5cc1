using System.Text.Json.Nodes;
using ScaleFunctions.Adapters.Autoscale;
using ScaleFunctions.Adapters.Inventory;
using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Autoscale;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Adapters.Tests.Autoscale;

public sealed class NativeAutoscalesTests : AutoscaleTest
{
    private static readonly string[] Names = ["web", "off", "full", "ended", "taken", "forever"];

    protected override SandboxOptions Options() => base.Options() with
    {
        PageSize = 2,
        Estate = new EstateSpec([.. Names.Append("plain").Select(name => Spec(name))])
        {
            AutoscaleSettings =
            [
                Setting("web"),
                Setting("off", body => body["properties"]!["enabled"] = false),
                Setting("full", body => Fill(Profiles(body))),
                Setting("ended", body => Profiles(body).RemoveAt(0)),
                Setting("taken", body => Take(Profiles(body))),
                Setting("forever", body => Profiles(body).Add(JsonNode.Parse("""
                    { "name": "always", "capacity": { "minimum": "3", "maximum": "8", "default": "3" }, "rules": [],
                      "fixedDate": { "timeZone": "Pacific Standard Time", "start": "2025-01-01T00:00:00", "end": "9999-12-31T23:59:59" } }
                    """))),
            ],
        },
    };

    [Fact]
    public async Task Tells_which_resources_scale_by_themselves_and_whether_they_can_be_steered()
    {
        var native = await ReadAsync(Connect());

        Assert.Null(native.Problem);
        Assert.Equal(new NativeAutoscale.Steerable(SettingId("web"), 2, 10), native.Of(Id("web")));
        Assert.Equal(new NativeAutoscale.Steerable(SettingId("forever"), 3, 8), native.Of(Id("forever")));
        Assert.Null(native.Of(Id("off")));
        Assert.Null(native.Of(Id("plain")));
        Assert.Equal("it has 20 profiles, and Azure takes no more; a floor is one", Reason(native, "full"));
        Assert.Equal("no profile of it holds now, so there is none to copy", Reason(native, "ended"));
        Assert.Equal("it has a profile 'ScaleFunctions floor (temporary)' that we did not write, because ours is for at most 30 minutes once, in UTC; rename or delete it in the setting, and it is steered again", Reason(native, "taken"));
        Assert.Equal(3, Count(RequestKind.AutoscaleSettingList));
    }

    [Fact]
    public async Task Tells_our_floor_its_end_and_whether_its_copy_is_still_right()
    {
        await WriteAsync(6);
        var floor = await FloorAsync();
        await EditAsync(setting => Profiles(setting)[1]!["capacity"]!["maximum"] = "9");
        var old = await FloorAsync();
        await PassAsync(30);

        Assert.Equal(new SteeredFloor(6, Sandbox.Clock.GetUtcNow(), true), floor! with { Until = Sandbox.Clock.GetUtcNow() });
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 0, 30, 0, TimeSpan.Zero), floor!.Until);
        Assert.False(old!.IsCurrent);
        Assert.Null(await FloorAsync());
    }

    [Fact]
    public async Task What_cannot_be_read_is_not_taken_for_none()
    {
        Fault(new AnswerWith(403, "AuthorizationFailed"), "GET", "autoscalesettings");
        var native = await ReadAsync(Connect());

        Assert.StartsWith("HTTP 403 AuthorizationFailed", Assert.IsType<NativeAutoscale.Unread>(native.Of(Id("plain"))).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_provider_is_not_registered_there_is_none()
    {
        Fault(new AnswerWith(409, "MissingSubscriptionRegistration"), "GET", "autoscalesettings");
        var native = await ReadAsync(Connect());

        Assert.Null(native.Problem);
        Assert.Null(native.Of(Id("web")));
    }

    [Fact]
    public async Task The_inventory_says_it_of_each_target()
    {
        var arm = Connect();
        var seen = await new EstateInventory(arm, [new ScaleSetList(arm)], [Subscription], autoscale: new NativeAutoscales(arm)).ListAsync(Cancellation);
        var known = seen.Targets.ToDictionary(target => target.Id.Name, target => target.Native);

        Assert.IsType<InventoryReading.Complete>(seen);
        Assert.IsType<NativeAutoscale.Steerable>(known["web"]);
        Assert.IsType<NativeAutoscale.Unsteerable>(known["full"]);
        Assert.Null(known["plain"]);
    }

    private async Task<SteeredFloor?> FloorAsync() => Assert.IsType<NativeAutoscale.Steerable>((await ReadAsync(Connect())).Of(Web)).Floor;

    private static Task<SubscriptionAutoscale> ReadAsync(ScaleFunctions.Adapters.Arm.ArmPipelines arm) => new NativeAutoscales(arm).ReadAsync(Subscription, Cancellation);

    private static string Reason(SubscriptionAutoscale native, string name) => Assert.IsType<NativeAutoscale.Unsteerable>(native.Of(Id(name))).Reason;

    private static TargetId SettingId(string name) => AutoscaleSettingSpec.IdOf(Subscription, "shop", $"{name}-auto");

    private static AutoscaleSettingSpec Setting(string name, Action<JsonObject>? change = null) => new(SettingId(name), Body(name, change));

    private static void Take(JsonArray profiles)
    {
        var copy = profiles[0]!.DeepClone();
        copy["name"] = TemporaryFloor.Name;
        profiles.Add(copy);
    }

    private static void Fill(JsonArray profiles)
    {
        while (profiles.Count < 20)
        {
            var copy = profiles[1]!.DeepClone();
            copy["name"] = $"day-{profiles.Count}";
            profiles.Add(copy);
        }
    }
}
