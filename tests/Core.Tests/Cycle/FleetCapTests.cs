using CsCheck;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>Caps of a fleet over batches that raise side by side.</summary>
public sealed class FleetCapTests
{
    private const int Cases = 500;

    [Fact]
    public async Task Batches_that_all_want_more_stay_under_the_cap_together_and_use_it_up()
    {
        var estate = Busy(Capped(instances: 20), ["s-1", "s-2", "s-3"]);

        for (var minute = 0; minute < 6; minute++)
        {
            await estate.MinuteAsync();
        }

        Assert.Equal(20, Total(estate));
    }

    [Fact]
    public async Task Money_is_a_limit_too()
    {
        var estate = Busy(Capped(spend: 3.5m), ["s-1", "s-2", "s-3"]);

        for (var minute = 0; minute < 6; minute++)
        {
            await estate.MinuteAsync();
        }

        // At 0.20 an hour each, 17 instances cost 3.40; one more would be 3.60.
        Assert.Equal(17, Total(estate));
    }

    [Fact]
    public async Task Under_an_incomplete_inventory_what_was_seen_before_still_counts()
    {
        var estate = Busy(Capped(instances: 13), ["s-1", "s-2", "s-3"]);
        await estate.MinuteAsync();
        Assert.Equal(13, Total(estate));
        estate.InventoryFault = "page 2";
        estate.Listed = [.. estate.Sets.Keys.Take(1)];

        await estate.MinuteAsync();

        Assert.Equal(13, Total(estate));
    }

    [Fact]
    public async Task A_workload_whose_policies_are_broken_still_counts()
    {
        var estate = Busy(Capped(instances: 13), ["s-1", "s-2", "s-3"]);
        estate.Policies = estate.Policies with
        {
            Workloads =
            [
                estate.Policies.Workloads[0] with { Select = new TargetSelector { Subscription = "s-1" } },
                estate.Policies.Workloads[0] with { Name = "broken", Select = new TargetSelector { Any = [new TargetSelector { Subscription = "s-2" }, new TargetSelector { Subscription = "s-3" }] } },
            ],
        };

        await estate.MinuteAsync();
        await estate.MinuteAsync();

        Assert.Equal(13, Total(estate));
    }

    [Fact]
    public async Task A_message_delivered_twice_adds_once()
    {
        var estate = new Estate(Estate.Targets(3), Capped(instances: 14));
        estate.Set("web-0000").Load = 600;
        await estate.Worker.TickAsync();
        var message = Assert.Single(estate.Queue.TakeEvaluations());
        await estate.Worker.EvaluateAsync(message);
        Assert.Equal(14, Total(estate));
        estate.Set("web-0001").Load = 600;

        await estate.Worker.EvaluateAsync(message);

        Assert.Equal(14, Total(estate));
    }

    [Fact]
    public void A_message_of_an_earlier_version_has_no_room() => Assert.Empty(System.Text.Json.JsonSerializer.Deserialize(
        """{ "tickId": "1", "tickAt": "2026-03-02T12:00:00Z", "expiresAt": "2026-03-02T12:01:30Z", "batch": 0, "targets": [] }""",
        CycleJson.Default.EvaluateRequest)!.Rooms);

    [Fact]
    public void However_it_is_dealt_no_fleet_is_raised_past_its_cap() => Gen.Select(
        Gen.Int[12, 60], Gen.Int[1, 12].Array[1, 6], Gen.Int[0, 900].Array[6]).Sample(
        (cap, homes, loads) =>
        {
            var estate = Busy(Capped(instances: cap), [.. homes.Select(home => $"s-{home}")]);
            foreach (var (set, load) in estate.Sets.Values.Zip(loads))
            {
                set.Load = load;
            }

            for (var minute = 0; minute < 4; minute++)
            {
                estate.MinuteAsync().GetAwaiter().GetResult();
            }

            return Total(estate) <= Math.Max(cap, 4 * homes.Length);
        },
        iter: Cases);

    /// <summary>One set of four instances in each subscription, with load for ten.</summary>
    private static Estate Busy(PolicySet policies, IReadOnlyList<string> subscriptions)
    {
        var estate = new Estate(subscriptions.Select((subscription, number) => Estate.Target($"web-{number}", subscription: subscription)), policies);
        foreach (var set in estate.Sets.Values)
        {
            set.Load = 600;
        }

        return estate;
    }

    private static int Total(Estate estate) => estate.Sets.Values.Sum(set => set.Capacity);

    private static PolicySet Capped(int? instances = null, decimal? spend = null) => Some.Policies(Some.Horizontal(1, 100)) with
    {
        Guardrails =
        [
            new GuardrailsPolicy
            {
                Name = "platform",
                Fleet = new FleetCaps(instances, spend),
                Prices = new PriceList("EUR", new DateOnly(2026, 11, 1), [KeyValuePair.Create("Standard_D*", 0.2m)]),
                Source = Some.Source,
            },
        ],
    };
}
