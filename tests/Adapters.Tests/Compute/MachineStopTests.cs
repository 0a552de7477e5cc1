using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Adapters.Tests.Compute;

/// <summary>An idle machine on hardware that does not have the smaller size, which a policy lets be stopped for it.</summary>
public sealed class MachineStopTests : CycleTest
{
    private const string Policies =
        """
        apiVersion: scalefunctions/v1
        kind: Workload
        metadata: { name: office }
        spec: { select: { type: vm }, mode: act }
        ---
        apiVersion: scalefunctions/v1
        kind: HorizontalScaling
        metadata: { name: one }
        spec: { workload: office, instances: { minimum: 1, maximum: 1 } }
        ---
        apiVersion: scalefunctions/v1
        kind: VerticalScaling
        metadata: { name: sizes }
        spec:
          workload: office
          mode: act
          sizes: [Standard_D2s_v5, Standard_D4s_v5]
          down: { cpu: { below: 40, for: 10m }, memory: { below: 90, for: 10m } }
          up: { memory: { above: 95 } }
          onlyInstance: mayStop
          guard:
            signals: [ { name: busy, metric: Percentage CPU } ]
            breachedWhen: [ { signal: busy, above: 95 } ]
          rollOut: { pause: 3m, watch: 5m }
        """;

    private static readonly TargetId Machine = VirtualMachineSpec.IdOf(Subscription, "shop", "db");

    protected override SandboxOptions Options() => base.Options() with
    {
        Estate = new EstateSpec([])
        {
            VirtualMachines = [new VirtualMachineSpec { Id = Machine, Load = new ConstantLoad(0.1), OfferedWhereItRuns = ["Standard_D4s_v5"] }],
            Quotas = [new("westeurope", "standardDSv5Family", 100), new("westeurope", "cores", 100)],
        },
        Behavior = new EstateOptions { History = TimeSpan.FromHours(1) },
    };

    [Fact]
    public async Task It_is_deallocated_resized_and_started_by_three_writes()
    {
        await RunAsync(minutes: 40);

        Assert.Equal(
            [$"POST {Machine}/deallocate", $"PATCH {Machine}", $"POST {Machine}/start"],
            Sandbox.Writes.Effective.Select(write => $"{write.Method} {write.Path}"));
        Assert.Equal("Standard_D2s_v5", Sandbox.Estate.SizeOf(Machine));
        Assert.Equal(Sandbox.Writes.Effective.Count, Sandbox.Writes.All.Count);
    }

    [Fact]
    public async Task Where_there_is_no_room_for_the_new_size_it_runs_with_the_old_one_again()
    {
        Fault(new SizeNotAllocated("Standard_D2s_v5"), "POST", "/start\\?");
        await RunAsync(minutes: 40);

        Assert.Equal(
            [$"POST {Machine}/deallocate", $"PATCH {Machine}", $"POST {Machine}/start", $"PATCH {Machine}", $"POST {Machine}/start"],
            Sandbox.Writes.All.Select(write => $"{write.Method} {write.Path}"));
        Assert.Equal("Standard_D4s_v5", Sandbox.Estate.SizeOf(Machine));
        Assert.Equal(1, Sandbox.Estate.CapacityOf(Machine));
    }

    private async Task RunAsync(int minutes)
    {
        await using var services = Build();
        var policies = Read(Policies);
        for (var minute = 0; minute < minutes; minute++)
        {
            await TickAsync(services, policies);
            await Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
        }
    }
}
