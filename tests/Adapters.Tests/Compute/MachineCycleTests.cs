using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Load;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Adapters.Tests.Compute;

/// <summary>A virtual machine that runs in office hours and is deallocated outside of them, by the code that scales everything else.</summary>
public sealed class MachineCycleTests : CycleTest
{
    private const string Bounds =
        """
        apiVersion: scalefunctions/v1
        kind: HorizontalScaling
        metadata: { name: office-hours }
        spec:
          workload: office
          instances: { minimum: 0, maximum: 1, follow: schedule }
          floors: [ { when: "Mon-Fri 08:00-18:00", minimum: 1, reason: office hours } ]
        """;

    private static readonly TargetId Build1 = VirtualMachineSpec.IdOf(Subscription, "shop", "build-1");

    protected override SandboxOptions Options() => base.Options() with
    {
        Start = new DateTimeOffset(2026, 1, 5, 17, 58, 0, TimeSpan.Zero),
        Estate = new EstateSpec([])
        {
            VirtualMachines =
            [
                new VirtualMachineSpec { Id = Build1, Load = new ConstantLoad(0.2), Tags = new Dictionary<string, string> { ["app"] = "shop" } },
            ],
        },
        Behavior = new EstateOptions { History = TimeSpan.FromHours(1) },
    };

    [Fact]
    public async Task Is_deallocated_in_the_evening_and_started_in_the_morning()
    {
        await using var services = Build();
        var policies = Read(Workload("type: vm"), Bounds);

        Assert.Equal(ReportKind.Hold, Assert.Single((await TickAsync(services, policies)).Targets).Kind);
        Assert.Empty(Sandbox.Writes.All);

        for (var minute = 0; minute < 12; minute++)
        {
            await Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
            await TickAsync(services, policies);
        }

        Assert.Equal($"{Build1}/deallocate", Assert.Single(Sandbox.Writes.All).Path);

        for (var hour = 0; hour < 14; hour++)
        {
            await Sandbox.Clock.SpendAsync(TimeSpan.FromHours(1), Cancellation);
            await TickAsync(services, policies);
        }

        Assert.Equal([$"{Build1}/deallocate", $"{Build1}/start"], Sandbox.Writes.Effective.Select(write => write.Path));
        Assert.Equal(new DateTimeOffset(2026, 1, 6, 8, 10, 0, TimeSpan.Zero), Sandbox.Writes.All[^1].At, TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("tags: { app: shop }")]
    [InlineData("resourceGroup: shop")]
    public async Task Nobody_stops_a_machine_by_its_tags_or_its_group(string select)
    {
        await using var services = Build();
        await Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(8), Cancellation);

        Assert.Empty((await TickAsync(services, Read(Workload(select), Bounds))).Targets);
        Assert.Empty(Sandbox.Writes.All);
        Assert.Equal(0, Count(RequestKind.VirtualMachineList));
    }

    private static string Workload(string select) =>
        $$"""
        apiVersion: scalefunctions/v1
        kind: Workload
        metadata: { name: office }
        spec: { select: { {{select}} }, mode: act }
        """;
}
