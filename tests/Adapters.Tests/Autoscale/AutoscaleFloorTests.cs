using System.Text.Json.Nodes;
using ScaleFunctions.Adapters.Autoscale;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Adapters.Tests.Autoscale;

public sealed class AutoscaleFloorTests : AutoscaleTest
{
    [Fact]
    public async Task Reads_the_minimum_in_force_and_a_version_that_order_and_read_only_members_do_not_change()
    {
        var before = await ReadAsync();
        await EditAsync(setting =>
        {
            var properties = setting["properties"]!.AsObject();
            var first = properties.First();
            properties.Remove(first.Key);
            properties.Add(first.Key, first.Value);
        });
        var reordered = await ReadAsync();
        await EditAsync(setting => setting["tags"]!["owner"] = "somebody else");

        Assert.Equal((2, "default", false), (before.Capacity, before.Sku, before.IsUpdating));
        Assert.Equal(before.ETag, reordered.ETag);
        Assert.NotEqual(before.ETag, (await ReadAsync()).ETag);
    }

    [Fact]
    public async Task Raises_the_floor_by_a_copy_of_the_profile_in_force_and_changes_nothing_else()
    {
        var before = await SettingAsync();
        var result = await WriteAsync(6);
        var after = await SettingAsync();

        Assert.IsType<WriteResult.Accepted>(result);
        var floor = Profiles(after)[0]!.AsObject();
        var expected = Profiles(before)[0]!.DeepClone().AsObject();
        expected["name"] = TemporaryFloor.Name;
        expected["capacity"]!["minimum"] = "6";
        expected["capacity"]!["default"] = "6";
        expected["fixedDate"] = new JsonObject { ["timeZone"] = "UTC", ["start"] = "2026-01-05T00:00:00Z", ["end"] = "2026-01-05T00:30:00Z" };
        Assert.True(Same(expected, floor), floor.ToJsonString());
        Profiles(after).RemoveAt(0);
        Assert.True(Same(before, after), after.ToJsonString());
        Assert.Equal(6, (await ReadAsync()).Capacity);
    }

    [Fact]
    public async Task Sends_back_what_it_does_not_know_with_its_digits_and_letters_and_without_what_only_azure_sets()
    {
        await WriteAsync(6);
        var sent = Assert.Single(Sandbox.Writes.Effective).Body;

        Assert.All(
            (string[])["\"unknown\":[1.50,null,{\"deep\":12345678901234567890}]", "\"new\":{\"a\":1e3}", "\"more\":7.10", "team <ü>", "\"scaleMode\":\"Enabled\""],
            text => Assert.Contains(text, sent, StringComparison.Ordinal));
        var root = JsonNode.Parse(sent)!.AsObject();
        Assert.All(SettingBody.ReadOnly, name => Assert.False(root.ContainsKey(name)));
    }

    [Fact]
    public async Task When_nobody_renews_it_azure_ends_the_floor_and_its_own_rules_scale_in()
    {
        await WriteAsync(6);
        await PassAsync(2);
        var raised = Sandbox.Estate.CapacityOf(Web);
        await PassAsync(26);
        var held = Sandbox.Estate.CapacityOf(Web);
        await PassAsync(60);

        // The load is 27 % on six instances, so the setting's own rule takes away what has to stay while the floor lasts.
        Assert.Equal((6, 6), (raised, held));
        Assert.Equal(2, (await ReadAsync()).Capacity);
        Assert.True(Sandbox.Estate.CapacityOf(Web) < 6);
        Assert.Single(Sandbox.Writes.Effective);
    }

    [Fact]
    public async Task Renewing_moves_the_end_and_never_adds_a_second_profile()
    {
        await WriteAsync(6);
        await PassAsync(15);
        await WriteAsync(6);
        await PassAsync(20);
        var setting = await SettingAsync();

        Assert.Equal(3, Profiles(setting).Count);
        Assert.Equal("2026-01-05T00:45:00Z", Profiles(setting)[0]!["fixedDate"]!["end"]!.GetValue<string>());
        Assert.Equal(6, (await ReadAsync()).Capacity);
    }

    [Fact]
    public async Task Lowered_to_its_own_minimum_the_setting_is_as_it_was_before_us()
    {
        var before = await SettingAsync();
        await WriteAsync(6);
        await WriteAsync(4);
        var lower = (await ReadAsync()).Capacity;
        await WriteAsync(2);

        Assert.Equal(4, lower);
        Assert.True(Same(before, await SettingAsync()));
    }

    [Fact]
    public async Task Copies_the_profile_that_holds_now_whichever_that_is()
    {
        await EditAsync(setting => Profiles(setting).Add(JsonNode.Parse("""
            { "name": "week", "capacity": { "minimum": "3", "maximum": "8", "default": "5" }, "rules": [],
              "recurrence": { "frequency": "Week", "schedule": { "timeZone": "UTC", "days": ["Sunday"], "hours": [12], "minutes": [0] } } }
            """)));
        await WriteAsync(4);
        var floor = Profiles(await SettingAsync())[0]!.AsObject();

        Assert.Equal(("4", "8", "5"), (
            floor["capacity"]!["minimum"]!.GetValue<string>(), floor["capacity"]!["maximum"]!.GetValue<string>(), floor["capacity"]!["default"]!.GetValue<string>()));
        Assert.False(floor.ContainsKey("recurrence"));
        Assert.Empty(floor["rules"]!.AsArray());
    }

    [Fact]
    public async Task Somebody_elses_edit_since_the_read_is_not_overwritten()
    {
        var plan = await PlanAsync(6);
        await EditAsync(setting => Profiles(setting)[0]!["capacity"]!["maximum"] = "8");
        var effective = Sandbox.Writes.Effective.Count;

        Assert.IsType<WriteResult.Stale>(await Floor().WriteAsync(plan, Cancellation));
        Assert.Equal(effective, Sandbox.Writes.Effective.Count);
    }

    [Theory]
    [InlineData(11, FailureClass.Quota, "AboveMaximum", "nothing was sent: the profile 'default' has at most 10 instances")]
    [InlineData(1, FailureClass.Invalid, "BelowMinimum", "nothing was sent: the profile 'default' has at least 2 instances")]
    public async Task Leaves_the_bounds_of_the_profile_to_their_owner(int goal, FailureClass failure, string code, string message) =>
        Assert.Equal(new WriteResult.Rejected(failure, code, message), await WriteAsync(goal));

    [Fact]
    public async Task Refuses_a_setting_that_is_off_or_has_no_room()
    {
        await EditAsync(setting => setting["properties"]!["enabled"] = false);
        var off = Assert.IsType<WriteResult.Rejected>(await WriteAsync(6));
        await EditAsync(setting =>
        {
            setting["properties"]!["enabled"] = true;
            while (Profiles(setting).Count < 20)
            {
                var copy = Profiles(setting)[1]!.DeepClone();
                copy["name"] = $"day-{Profiles(setting).Count}";
                Profiles(setting).Add(copy);
            }
        });
        var full = Assert.IsType<WriteResult.Rejected>(await WriteAsync(6));

        Assert.Equal(("SettingDisabled", "CannotSteer"), (off.Code, full.Code));
        Assert.Equal("nothing was sent: it has 20 profiles, and Azure takes no more; a floor is one", full.Message);
    }

    [Fact]
    public async Task Sends_a_write_once_and_says_what_is_known()
    {
        var plan = await PlanAsync(6);
        Fault(new DropAfterLanding(), "PUT", times: 1);
        var lost = await Floor().WriteAsync(plan, Cancellation);
        var landed = (await ReadAsync()).Capacity;
        var next = await PlanAsync(7);
        Fault(new AnswerWith(403, "AuthorizationFailed"), "PUT", times: 1);
        var refused = await Floor().WriteAsync(next, Cancellation);

        Assert.IsType<WriteResult.Unknown>(lost);
        Assert.Equal(6, landed);
        Assert.Equal(FailureClass.Forbidden, Assert.IsType<WriteResult.Rejected>(refused).Class);
        Assert.Equal(2, Received.Count(request => request.Method == "PUT"));
    }

    [Fact]
    public async Task A_setting_that_is_gone_or_refused_is_told_so()
    {
        var gone = new CapacityWrite(Sandboxed("nobody"), 6, (await ReadAsync()).ETag);

        Assert.IsType<CapacityReading.Gone>(await Floor().ReadAsync(Sandboxed("nobody"), Cancellation));
        Assert.Equal("ResourceNotFound", Assert.IsType<WriteResult.Rejected>(await Floor().WriteAsync(gone, Cancellation)).Code);
        await Assert.ThrowsAsync<ArgumentException>(() => Floor().WriteAsync(gone with { IfMatch = "*" }, Cancellation));

        static TargetId Sandboxed(string name) => ScaleFunctions.Sandbox.Autoscale.AutoscaleSettingSpec.IdOf(Subscription, "shop", name);
    }
}
