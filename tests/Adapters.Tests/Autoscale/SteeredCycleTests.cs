using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Autoscale;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Adapters.Tests.Autoscale;

/// <summary>The whole cycle on a scale set of four that Azure's own autoscale of 2 to 10 scales, a tick a minute from Monday 00:00 on.</summary>
public sealed class SteeredCycleTests : CycleTest
{
    private static readonly TargetId Setting = AutoscaleSettingSpec.IdOf(Subscription, "shop", "web-auto");

    /// <summary>What an owner does at the beginning of a minute.</summary>
    private readonly Dictionary<int, Action<JsonObject>> _edits = [];

    /// <summary>What an owner does once, before Azure looks at our read of the setting with that number: the read waits for it.</summary>
    private (int Read, Action<JsonObject> Edit)? _race;

    private int _reads;

    private int _owners;

    private SettingPortal Owner => new(Sandbox, Setting);

    protected override SandboxOptions Options() => base.Options() with
    {
        Estate = new EstateSpec([Spec("web")]) { AutoscaleSettings = [new AutoscaleSettingSpec(Setting, AutoscaleTest.Body())] },
        Observer = async (seen, _) =>
        {
            if (_race is { } race && seen is { Method: "GET", Kind: RequestKind.AutoscaleSetting, Moment: RequestMoment.Received } && ++_reads == race.Read)
            {
                _race = null;
                await EditAsync(race.Edit);
            }
        },
    };

    [Fact]
    public async Task At_a_change_of_profile_the_floor_moves_on_with_few_writes()
    {
        // Until 00:45 the rules and the 2 to 10 of the default, from then on 3 to 8 without rules.
        _edits[0] = setting =>
        {
            Profiles(setting)[0]!["recurrence"] = FloorEdgeTests.Weekly("Sunday", 12, 0);
            Profiles(setting).Add(new JsonObject
            {
                ["name"] = "monday",
                ["capacity"] = new JsonObject { ["minimum"] = "3", ["maximum"] = "8", ["default"] = "3" },
                ["rules"] = new JsonArray(),
                ["recurrence"] = FloorEdgeTests.Weekly("Monday", 0, 45),
            });
        };
        await using var services = Build();
        var puts = await RunAsync(services, minutes: 80);
        var floor = Profiles(await Owner.ReadAsync())[0]!;

        // Begun, renewed at 11 and, to the edge, at 22; then on the next profile at the edge, and every eleven minutes.
        Assert.InRange(puts.Count(minute => minute < 45), 2, 4);
        Assert.DoesNotContain(puts, minute => minute is > 30 and < 45);
        Assert.Equal(1, puts.Count(minute => minute is >= 45 and < 50));
        Assert.InRange(puts.Count, 5, 9);
        Assert.Equal(("6", "8", 0), (floor["capacity"]!["minimum"]!.GetValue<string>(), floor["capacity"]!["maximum"]!.GetValue<string>(), floor["rules"]!.AsArray().Count));
        Assert.Equal(6, Sandbox.Estate.CapacityOf(Web));
    }

    [Fact]
    public async Task An_owner_who_saves_between_our_read_and_our_write_keeps_the_edit()
    {
        _race = (2, setting => Profiles(setting)[0]!["capacity"]!["maximum"] = "7");
        await using var services = Build();
        var puts = await RunAsync(services, minutes: 3);
        var profiles = Profiles(await Owner.ReadAsync());

        Assert.Equal(["7", "7"], profiles.Take(2).Select(profile => profile!["capacity"]!["maximum"]!.GetValue<string>()));
        Assert.Equal("6", profiles[0]!["capacity"]!["minimum"]!.GetValue<string>());
        Assert.Single(puts);
    }

    [Fact]
    public async Task A_setting_without_room_is_told_once_and_steered_when_there_is()
    {
        _edits[0] = setting => Fill(Profiles(setting));
        _edits[20] = setting => Profiles(setting).RemoveAt(19);
        await using var services = Build();
        var puts = await RunAsync(services, minutes: 25);

        Assert.Equal(20, Assert.Single(puts));
        Assert.DoesNotContain(Received, request => request is { Kind: RequestKind.ScaleSet, Method: "PATCH" });
    }

    [Fact]
    public async Task A_setting_that_is_switched_off_leaves_the_count_to_us()
    {
        _edits[5] = setting => setting["properties"]!["enabled"] = false;
        await using var services = Build();
        var puts = await RunAsync(services, minutes: 12);

        Assert.Equal(0, Assert.Single(puts));
        Assert.Equal(6, Sandbox.Estate.CapacityOf(Web));
    }

    [Fact]
    public async Task A_setting_that_is_switched_off_while_we_write_is_told_and_the_count_is_written_next()
    {
        _race = (1, setting => setting["properties"]!["enabled"] = false);
        await using var services = Build();
        var puts = await RunAsync(services, minutes: 3);
        var told = (await services.GetRequiredService<IStateStore>().ReadJournalAsync(new JournalQuery(Web.Key, Limit: 100), Cancellation))
            .Where(entry => entry.Kind == JournalKind.Refusal).Select(entry => entry.Text).ToList();

        Assert.Empty(puts);
        Assert.Equal(1, Received.Count(request => request is { Kind: RequestKind.ScaleSet, Method: "PATCH" }));
        Assert.Contains(told, text => text.StartsWith("our writes are refused (Other, SettingDisabled): nothing was sent", StringComparison.Ordinal));
    }

    /// <summary>The minutes in which the setting was written by us.</summary>
    private async Task<List<int>> RunAsync(IServiceProvider services, int minutes)
    {
        var policies = Read(
            """
            apiVersion: scalefunctions/v1
            kind: Workload
            metadata: { name: shop }
            spec: { select: { type: vmss }, mode: act }
            """,
            """
            apiVersion: scalefunctions/v1
            kind: HorizontalScaling
            metadata: { name: bounds }
            spec: { workload: shop, instances: { minimum: 6, maximum: 12 } }
            """);
        var puts = new List<int>();
        for (var minute = 0; minute < minutes; minute++)
        {
            if (_edits.TryGetValue(minute, out var edit))
            {
                await EditAsync(edit);
            }

            var before = Puts();
            await TickAsync(services, policies);
            puts.AddRange(Enumerable.Repeat(minute, Puts() - before));
            await Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
        }

        return puts;
    }

    private int Puts() => Received.Count(request => request is { Kind: RequestKind.AutoscaleSetting, Method: "PUT" }) - _owners;

    private async Task EditAsync(Action<JsonObject> change)
    {
        _owners++;
        await Owner.EditAsync(change);
    }

    private static JsonArray Profiles(JsonObject setting) => AutoscaleTest.Profiles(setting);

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
