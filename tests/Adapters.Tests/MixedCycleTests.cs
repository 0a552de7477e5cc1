using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Adapters.Tests;

/// <summary>The ledger and the cap of a tick over HTTPS, with scale sets, virtual machines and a declared kind that all want to be smaller at once.</summary>
public sealed class MixedCycleTests : CycleTest, IWorkQueue
{
    private const string Policies =
        """
        apiVersion: scalefunctions/v1
        kind: ResourceKind
        metadata: { name: search }
        spec: { type: Microsoft.Search/searchServices, apiVersion: 2023-11-01, capacity: properties.replicaCount, write: PATCH, minimum: 1, maximum: 12, sizes: [ { names: [standard], steps: [1, 2, 6, 12] } ] }
        ---
        apiVersion: scalefunctions/v1
        kind: Guardrails
        metadata: { name: platform }
        spec: { resourceKinds: [search] }
        ---
        apiVersion: scalefunctions/v1
        kind: Workload
        metadata: { name: office }
        spec: { select: { any: [ { type: vm }, { type: vmss }, { type: search } ] }, mode: act }
        ---
        apiVersion: scalefunctions/v1
        kind: HorizontalScaling
        metadata: { name: office-hours }
        spec:
          workload: office
          instances: { minimum: 0, maximum: 12, follow: schedule }
          scaleIn: { stabilization: 0s, cooldown: 0s }
        """;

    private readonly List<WorkMessage> _messages = [];

    protected override SandboxOptions Options() => base.Options() with
    {
        Start = new DateTimeOffset(2026, 1, 5, 18, 0, 0, TimeSpan.Zero),
        Estate = new EstateSpec([.. Enumerable.Range(1, 2).Select(number => Spec($"web-{number}") with { InitialCapacity = 2 })])
        {
            VirtualMachines = [.. Enumerable.Range(1, 2).Select(number => new VirtualMachineSpec { Id = VirtualMachineSpec.IdOf(Subscription, "shop", $"build-{number}"), Load = new ConstantLoad(0.1) })],
            Declared = [.. Enumerable.Range(1, 2).Select(number => new DeclaredSpec
            {
                Id = TargetId.Parse($"/subscriptions/{Subscription}/resourceGroups/shop/providers/Microsoft.Search/searchServices/search-{number}"),
                Load = new ConstantLoad(0.1),
                InitialCapacity = 12,
                Sku = "standard",
                ApiVersions = ["2023-11-01"],
                CapacityPath = "properties.replicaCount",
                Range = new CapacityRange(1, 12, [1, 2, 6, 12]),
                BusyState = "provisioning",
                SettledState = "succeeded",
                Body = """{"sku":{"name":"standard"},"properties":{"partitionCount":1}}""",
            })],
        },
    };

    [Fact]
    public async Task One_is_lowered_in_a_minute_whatever_it_is_and_none_after_a_minute_that_was_not_whole()
    {
        await using var services = Build();
        var options = services.GetRequiredService<CycleOptions>();
        var documents = services.GetRequiredService<IDocumentStore>();
        var (rows, ledger) = (services.GetRequiredService<RowStore>(), new TickLedger(documents));
        var ticks = new TickCycle(
            rows, documents, ledger, new ResourceMarks(rows, documents), services.GetRequiredService<ITargetInventory>(), this, options, Sandbox.Clock);
        var batches = new BatchCycle(services.GetRequiredService<ScalingCycle>(), ledger, this, options, Sandbox.Clock);
        var policies = Read(Policies);
        services.GetRequiredService<ResourceKinds>().Use(policies);

        var lowered = new List<int>();
        for (var minute = 0; minute < 16; minute++)
        {
            var before = Sandbox.Writes.All.Count;
            await ticks.RunAsync(policies, Cancellation);
            var requests = Requests();

            // In the fifth minute the message of one batch is lost.
            foreach (var request in minute == 5 ? requests.Skip(1) : requests)
            {
                await batches.EvaluateAsync(policies, request, Cancellation);
            }

            lowered.Add(Sandbox.Writes.All.Count - before);
            await Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
        }

        Assert.All(Sandbox.Writes.All, write => Assert.True(write.CapacityAfter < write.CapacityBefore));
        Assert.All(lowered, count => Assert.InRange(count, 0, 1));
        Assert.Equal(0, lowered[0]);
        Assert.Equal(0, lowered[6]);

        // Machines stopped, sets empty, and services go down step by step.
        Assert.Equal(
            ["build-1 0", "build-2 0", "web-1 0", "web-2 0"],
            Sandbox.Writes.All.Where(write => write.CapacityAfter == 0).Select(write => $"{Name(write.Path)} 0").Order());
        Assert.Superset(new HashSet<int?> { 6, 2 }, Sandbox.Writes.All.Where(write => write.Path.Contains("search", StringComparison.Ordinal)).Select(write => write.CapacityAfter).ToHashSet());
    }

    Task IWorkQueue.SendAsync(WorkMessage message, CancellationToken cancellationToken)
    {
        _messages.Add(message);
        return Task.CompletedTask;
    }

    private List<EvaluateRequest> Requests()
    {
        var requests = _messages.Where(message => message.Kind == WorkKind.Evaluate)
            .Select(message => JsonSerializer.Deserialize(message.Body, CycleJson.Default.EvaluateRequest)!).ToList();
        _messages.Clear();
        return requests;
    }

    private static string Name(string path) => path.Split('/')[8];
}
