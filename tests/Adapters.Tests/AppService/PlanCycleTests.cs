using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Adapters.Tests.AppService;

/// <summary>
/// Sizes of App Service plans from the decision to its end, over HTTPS. Azure tells no health of a plan's instances; that its apps are
/// not well shows in the requests that wait.
/// </summary>
public sealed class PlanCycleTests : SizedPlanTest
{
    private static readonly TargetId Busy = PlanSpec.IdOf(Subscription, "shop", "busy");
    private static readonly TargetId Narrow = PlanSpec.IdOf(Subscription, "shop", "narrow");

    protected override SandboxOptions Options() => base.Options() with
    {
        Estate = new EstateSpec([])
        {
            Plans =
            [
                Plan(Idle, "P2v3", load: 0.4),
                Plan(Busy, "P1v3", load: 4.8),
                Plan(Narrow, "P2v3", load: 0.4) with { OfferedSizes = ["P2v3", "P3v3"] },
            ],
        },
    };

    [Fact]
    public async Task A_smaller_size_stays_where_the_guard_stays_within_its_bounds_and_is_seen_in_the_busiest_hour()
    {
        await using var services = Build();
        await RunAsync(services, Wish("idle"), minutes: 30);

        Assert.Equal([("P2v3", "P1v3")], Sizes());
        var row = await RowAsync(services, Idle);
        Assert.True(row.RollOut is null, row.RollOut?.Doubt);
        Assert.Equal("P1v3", row.Peak!.Of.To);
        Assert.Contains("P1v3: 4 instances have it and stayed well", await JournalAsync(services, Idle));
    }

    [Fact]
    public async Task A_smaller_size_with_which_requests_wait_is_taken_back_once_and_left_alone()
    {
        Fault(new UnhealthySize("P1v3"), "PUT");
        await using var services = Build();
        await RunAsync(services, Wish("idle"), minutes: 60);

        Assert.Equal([("P2v3", "P1v3"), ("P1v3", "P2v3")], Sizes());
        Assert.Equal("P2v3", Sandbox.Estate.SizeOf(Idle));
        var row = await RowAsync(services, Idle);
        Assert.Null(row.RollOut);
        var quarantine = row.Sizes.Of("P1v3")!;
        Assert.StartsWith("queue ", quarantine.Why, StringComparison.Ordinal);
        Assert.True(quarantine.Until > Sandbox.Clock.GetUtcNow().AddHours(22));
        Assert.Contains(await JournalAsync(services, Idle), text => text.StartsWith("P1v3 was taken back (queue ", StringComparison.Ordinal));
    }

    /// <summary>It is short, and the guard is broken all the time: that is why more is given, and proves nothing against it.</summary>
    [Fact]
    public async Task A_bigger_size_is_kept_whatever_the_guard_says_and_told_as_not_verified_by_health()
    {
        Fault(new UnhealthySize("P2v3"), "PUT");
        await using var services = Build();
        await RunAsync(services, Wish("busy"), minutes: 35);

        Assert.Equal([("P1v3", "P2v3")], Sizes());
        var row = await RowAsync(services, Busy);
        Assert.Equal((null, null, null), (row.RollOut, row.Peak, row.Sizes.Of("P2v3")));
        Assert.Contains(await JournalAsync(services, Busy), text => text.StartsWith("P2v3: ", StringComparison.Ordinal) && text.Contains("not verified by health", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_size_that_its_unit_does_not_offer_is_a_finding_and_no_write()
    {
        await using var services = Build();
        await RunAsync(services, Wish("narrow"), minutes: 8);

        Assert.Empty(Sandbox.Writes.All);
        Assert.Contains("P1v3 does not fit", (await RowAsync(services, Narrow)).Sizing!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_size_that_azure_refuses_all_the_same_is_not_asked_for_again()
    {
        Fault(new AnswerWith(400, Body: """{"error":{"code":"SkuNotAvailable","message":"The SKU is not available in this deployment unit."}}"""), "PUT");
        await using var services = Build();
        await RunAsync(services, Wish("idle"), minutes: 20);

        Assert.Equal(1, Received.Count(request => request.Method == "PUT"));
        var row = await RowAsync(services, Idle);
        Assert.Equal("Azure refused it (SkuNotAvailable)", row.Sizes.Of("P1v3")!.Why);
        Assert.Contains("Azure refused it (SkuNotAvailable)", row.Sizing!.Reason, StringComparison.Ordinal);
    }
}
