using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Adapters.Tests.Generic;

/// <summary>
/// The whole cycle on a kind that nothing in the program knows: it is in the policy files alone, and is listed, measured, decided
/// on, written and verified over HTTPS like those that are built in.
/// </summary>
public sealed class DeclaredCycleTests : CycleTest
{
    private const string Kind =
        """
        apiVersion: scalefunctions/v1
        kind: ResourceKind
        metadata: { name: search }
        spec:
          type: Microsoft.Search/searchServices
          apiVersion: 2023-11-01
          capacity: properties.replicaCount
          write: PATCH
          minimum: 1
          maximum: 12
        """;

    private const string Workload =
        """
        apiVersion: scalefunctions/v1
        kind: Workload
        metadata: { name: search }
        spec: { select: { type: search }, mode: act }
        ---
        apiVersion: scalefunctions/v1
        kind: HorizontalScaling
        metadata: { name: search }
        spec: { workload: search, instances: { minimum: 1, maximum: 10 } }
        ---
        apiVersion: scalefunctions/v1
        kind: LoadBasedScaling
        metadata: { name: search }
        spec:
          workload: search
          signals: [ { name: queries, metric: SearchQueriesPerSecond, measures: total } ]
          targetTracking: [ { signal: queries, target: 8 } ]
        """;

    private const string Guardrails =
        """
        apiVersion: scalefunctions/v1
        kind: Guardrails
        metadata: { name: platform }
        spec: { resourceKinds: [search] }
        """;

    private static readonly TargetId Products = TargetId.Parse(
        $"/subscriptions/{Subscription}/resourceGroups/shop/providers/Microsoft.Search/searchServices/products");

    /// <summary>Forty queries a second on two replicas, of which eight each are wanted: five replicas.</summary>
    private static readonly DeclaredSpec Search = new()
    {
        Id = Products,
        Load = new ConstantLoad(4),
        InitialCapacity = 2,
        ApiVersions = ["2023-11-01"],
        CapacityPath = "properties.replicaCount",
        Range = new CapacityRange(1, 12, []),
        BusyState = "provisioning",
        SettledState = "succeeded",
        Body = """{"sku":{"name":"standard"},"properties":{"partitionCount":1,"hostingMode":"default","publicNetworkAccess":"enabled","status":"running"}}""",
    };

    protected override SandboxOptions Options() => base.Options() with
    {
        Start = new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero),
        Estate = new EstateSpec([Spec("web")]) { Declared = [Search] },
        Behavior = new EstateOptions { History = TimeSpan.FromHours(1) },
    };

    [Fact]
    public async Task A_kind_that_is_in_the_policies_alone_is_scaled()
    {
        await using var services = Build();
        var policies = Read(Kind, Workload, Guardrails);

        var report = await TickAsync(services, policies);

        var search = Assert.Single(report.Targets, target => target.Target == Products);
        Assert.Equal((2, 5), (search.Current, search.Goal));
        var write = Assert.Single(Sandbox.Writes.All);
        Assert.Equal(("PATCH", Products.Value, """{"properties":{"replicaCount":5}}""", 5), (write.Method, write.Path, write.Body, write.CapacityAfter));

        // It is settled by its operation and by itself, and checked.
        for (var minute = 0; minute < 6; minute++)
        {
            await Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
            await TickAsync(services, policies);
        }

        var row = Assert.Single(await services.GetRequiredService<RowStore>().ReadAllAsync(Cancellation), each => each.Target == Products);
        Assert.Equal((null, null, 5), (row.Intent, row.Check, row.LastKnownCapacity));
        Assert.Single(Sandbox.Writes.All);
    }

    [Fact]
    public async Task Without_the_guardrails_word_it_is_only_recommended()
    {
        await using var services = Build();

        var report = await TickAsync(services, Read(Kind, Workload));

        var search = Assert.Single(report.Targets, target => target.Target == Products);
        Assert.Contains("only recommended: the kind search is declared by a policy", search.Text, StringComparison.Ordinal);
        Assert.Equal(5, search.Goal);
        Assert.Empty(Sandbox.Writes.All);
    }

    [Fact]
    public async Task The_kill_switch_holds_it_like_any_other()
    {
        await using var services = Build();
        await services.GetRequiredService<RowStore>().ChangeFleetAsync(
            fleet => fleet.SetKillSwitch(true, "ann", "stop", Sandbox.Clock.GetUtcNow()), Cancellation);

        var report = await TickAsync(services, Read(Kind, Workload, Guardrails));

        Assert.Contains("the kill switch is set by ann", Assert.Single(report.Targets, target => target.Target == Products).Text, StringComparison.Ordinal);
        Assert.Empty(Sandbox.Writes.All);
    }

    [Fact]
    public async Task Without_its_declaration_it_is_not_even_listed()
    {
        await using var services = Build();

        var report = await TickAsync(services, PolicyReader.Read([]));

        Assert.DoesNotContain(report.Targets, target => target.Target == Products);
        Assert.DoesNotContain(Received, request => request.PathAndQuery.Contains("Microsoft.Search", StringComparison.OrdinalIgnoreCase));
    }
}
