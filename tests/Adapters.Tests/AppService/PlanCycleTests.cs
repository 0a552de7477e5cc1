using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Adapters.Tests.AppService;

/// <summary>
/// Sizes of App Service plans from the decision to its end, over HTTPS. Azure tells no health of a plan's instances; that its apps are
/// not well shows in the requests that wait.
/// </summary>
public sealed class PlanCycleTests : CycleTest
{
    private static readonly TargetId Idle = PlanSpec.IdOf(Subscription, "shop", "idle");
    private static readonly TargetId Busy = PlanSpec.IdOf(Subscription, "shop", "busy");
    private static readonly TargetId Narrow = PlanSpec.IdOf(Subscription, "shop", "narrow");

    protected override SandboxOptions Options() => base.Options() with
    {
        Start = new DateTimeOffset(2026, 1, 6, 12, 0, 0, TimeSpan.Zero),
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
        await RunAsync(services, "idle", minutes: 30);

        Assert.Equal([("P2v3", "P1v3")], Sizes());
        var row = await RowAsync(services, Idle);
        Assert.True(row.RollOut is null, row.RollOut?.Doubt);
        Assert.Equal("P1v3", row.Peak!.Of.To);
        Assert.Contains("P1v3: 1 instance has it and stayed well", await JournalAsync(services, Idle));
    }

    [Fact]
    public async Task A_smaller_size_with_which_requests_wait_is_taken_back_once_and_left_alone()
    {
        Fault(new UnhealthySize("P1v3"), "PUT");
        await using var services = Build();
        await RunAsync(services, "idle", minutes: 60);

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
        await RunAsync(services, "busy", minutes: 35);

        Assert.Equal([("P1v3", "P2v3")], Sizes());
        var row = await RowAsync(services, Busy);
        Assert.Equal((null, null, null), (row.RollOut, row.Peak, row.Sizes.Of("P2v3")));
        Assert.Contains(await JournalAsync(services, Busy), text => text.StartsWith("P2v3: ", StringComparison.Ordinal) && text.Contains("not verified by health", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_size_that_its_unit_does_not_offer_is_a_finding_and_no_write()
    {
        await using var services = Build();
        await RunAsync(services, "narrow", minutes: 8);

        Assert.Empty(Sandbox.Writes.All);
        Assert.Contains("P1v3 does not fit", (await RowAsync(services, Narrow)).Sizing!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_size_that_azure_refuses_all_the_same_is_not_asked_for_again()
    {
        Fault(new AnswerWith(400, Body: """{"error":{"code":"SkuNotAvailable","message":"The SKU is not available in this deployment unit."}}"""), "PUT");
        await using var services = Build();
        await RunAsync(services, "idle", minutes: 20);

        Assert.Equal(1, Received.Count(request => request.Method == "PUT"));
        var row = await RowAsync(services, Idle);
        Assert.Equal("Azure refused it (SkuNotAvailable)", row.Sizes.Of("P1v3")!.Why);
        Assert.Contains("Azure refused it (SkuNotAvailable)", row.Sizing!.Reason, StringComparison.Ordinal);
    }

    private static PlanSpec Plan(TargetId id, string size, double load) => new()
    {
        Id = id,
        Sku = size,
        Load = new ConstantLoad(load),
        InitialCapacity = 4,
        CountBefore = 4,
        RestingMemoryPercent = 10,
        Tags = new Dictionary<string, string> { ["app"] = id.Name },
    };

    private async Task RunAsync(IServiceProvider services, string app, int minutes)
    {
        var policies = Read(
            $$"""
            apiVersion: scalefunctions/v1
            kind: Workload
            metadata: { name: plans }
            spec: { select: { all: [ { type: plan }, { tags: { app: {{app}} } } ] }, mode: act }
            """,
            """
            apiVersion: scalefunctions/v1
            kind: HorizontalScaling
            metadata: { name: bounds }
            spec: { workload: plans, instances: { minimum: 4, maximum: 4 } }
            """,
            """
            apiVersion: scalefunctions/v1
            kind: LoadBasedScaling
            metadata: { name: load }
            spec:
              workload: plans
              signals: [ { name: cpu, metric: CpuPercentage } ]
              targetTracking: [ { signal: cpu, target: 60 } ]
            """,
            """
            apiVersion: scalefunctions/v1
            kind: VerticalScaling
            metadata: { name: sizes }
            spec:
              workload: plans
              mode: act
              sizes: [P1v3, P2v3, P3v3]
              rollOut: { pause: 5m, watch: 10m }
              guard:
                signals: [ { name: queue, metric: HttpQueueLength, zero: usual } ]
                breachedWhen: [ { signal: queue, above: 10 } ]
            """);
        for (var minute = 0; minute < minutes; minute++)
        {
            await TickAsync(services, policies);
            await Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
        }
    }

    private IEnumerable<(string?, string?)> Sizes() => Sandbox.Writes.All.Select(write => (write.SizeBefore, write.SizeAfter));

    private static Task<TargetRow> RowAsync(IServiceProvider services, TargetId target) => services.GetRequiredService<Core.Cycle.RowStore>().ReadAsync(target, Cancellation);

    private static async Task<IReadOnlyList<string>> JournalAsync(IServiceProvider services, TargetId target) =>
        [.. (await services.GetRequiredService<IStateStore>().ReadJournalAsync(new JournalQuery(target.Key, Limit: 100), Cancellation)).Select(entry => entry.Text)];
}
