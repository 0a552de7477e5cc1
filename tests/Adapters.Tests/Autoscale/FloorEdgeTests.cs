using System.Text.Json.Nodes;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Tests.Autoscale;

/// <summary>A floor at the edge of its owner's profiles: it is Monday 00:00, and from 00:45 on another one holds.</summary>
public sealed class FloorEdgeTests : AutoscaleTest
{
    [Fact]
    public async Task Ends_where_the_next_profile_of_its_owner_begins()
    {
        await AddMondayAsync(hour: 0, minute: 45);
        await PassAsync(5);
        await WriteAsync(6);
        var far = await FloorEndAsync();
        await PassAsync(15);
        await WriteAsync(6);
        var near = await FloorEndAsync();
        await PassAsync(24.5);
        var before = await NativeAsync();
        await PassAsync(0.5);
        var after = await NativeAsync();

        Assert.Equal(("2026-01-05T00:35:00Z", "2026-01-05T00:45:00Z"), (far, near));
        Assert.Equal((2, 10, 6, true), (before.Minimum, before.Maximum, before.Floor!.Minimum, before.Floor.IsCurrent));
        Assert.Equal(before.Floor.Until, before.NextChange);
        Assert.Equal((4, 8, null, null), (after.Minimum, after.Maximum, after.Floor, after.NextChange));
        Assert.Equal(new SteeredFloor(6, before.Floor.Until, false), after.Lapsed);
    }

    [Fact]
    public async Task In_the_last_minute_a_floor_is_still_one_that_azure_takes()
    {
        await EditAsync(setting => Profiles(setting).Add(JsonNode.Parse("""
            { "name": "soon", "capacity": { "minimum": "4", "maximum": "8", "default": "4" }, "rules": [],
              "fixedDate": { "timeZone": "UTC", "start": "2026-01-05T00:10:30Z", "end": "2026-01-06T00:00:00Z" } }
            """)));
        await PassAsync(10.2);

        Assert.IsType<WriteResult.Accepted>(await WriteAsync(6));
        Assert.Equal("2026-01-05T00:11:00Z", await FloorEndAsync());
        await PassAsync(1);
        Assert.Equal(4, (await ReadAsync()).Capacity);
    }

    [Fact]
    public async Task Two_profiles_of_ours_are_replaced_by_one()
    {
        await WriteAsync(6);
        await EditAsync(setting =>
        {
            var copy = Profiles(setting)[0]!.DeepClone();
            copy["capacity"]!["minimum"] = "5";
            Profiles(setting).Add(copy);
        });
        var read = await ReadAsync();
        await PassAsync(15);
        var result = await WriteAsync(6);
        var names = Profiles(await SettingAsync()).Select(profile => profile!["name"]!.GetValue<string>());

        Assert.Equal(6, read.Capacity);
        Assert.IsType<WriteResult.Accepted>(result);
        Assert.Equal([TemporaryFloor.Name, "default", "long ago"], names);
    }

    [Theory]
    [InlineData("""{ "timeZone": "UTC", "start": "2026-01-05T00:00:00Z", "end": "2026-02-05T00:00:00Z" }""")]
    [InlineData("""{ "timeZone": "W. Europe Standard Time", "start": "2026-01-05T00:00:00Z", "end": "2026-01-05T00:30:00Z" }""")]
    public async Task A_profile_of_our_name_that_an_owner_made_is_left_and_told(string date)
    {
        await WriteAsync(6);
        await EditAsync(setting =>
        {
            var copy = Profiles(setting)[0]!.DeepClone();
            copy["fixedDate"] = JsonNode.Parse(date);
            Profiles(setting).Add(copy);
        });
        var before = await SettingAsync();
        var refused = Assert.IsType<WriteResult.Rejected>(await Floor().WriteAsync(new CapacityWrite(WebAuto, 7, (await ReadAsync()).ETag), Cancellation));

        Assert.Equal("CannotSteer", refused.Code);
        Assert.StartsWith("nothing was sent: it has a profile 'ScaleFunctions floor (temporary)' that we did not write", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith("rename or delete it in the setting, and it is steered again", refused.Message, StringComparison.Ordinal);
        Assert.True(Same(before, await SettingAsync()));
    }

    /// <summary>A recurrence holds until the next: one from Sunday on, as the default, and the other from then on.</summary>
    private Task AddMondayAsync(int hour, int minute) => EditAsync(setting =>
    {
        var sunday = Profiles(setting)[0]!.DeepClone();
        (sunday["name"], sunday["recurrence"]) = ("sunday", Weekly("Sunday", 12, 0));
        Profiles(setting).Add(sunday);
        Profiles(setting).Add(new JsonObject
        {
            ["name"] = "monday",
            ["capacity"] = new JsonObject { ["minimum"] = "4", ["maximum"] = "8", ["default"] = "4" },
            ["rules"] = new JsonArray(),
            ["recurrence"] = Weekly("Monday", hour, minute),
        });
    });

    internal static JsonNode Weekly(string day, int hour, int minute) => JsonNode.Parse($$"""
        { "frequency": "Week", "schedule": { "timeZone": "UTC", "days": ["{{day}}"], "hours": [{{hour}}], "minutes": [{{minute}}] } }
        """)!;

    private async Task<string> FloorEndAsync() => Profiles(await SettingAsync())[0]!["fixedDate"]!["end"]!.GetValue<string>();

    private async Task<NativeAutoscale.Steerable> NativeAsync() => Assert.IsType<NativeAutoscale.Steerable>(
        (await new Adapters.Autoscale.NativeAutoscales(Connect()).ReadAsync(Subscription, Cancellation)).Of(Web));
}
