using System.Text.Json;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Connections;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Limits;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Adapters.Tests.Limits;

/// <summary>With the roles that the templates give, and no other rights, everything that may be changed is changed.</summary>
public sealed class TemplateRolesTests : CycleTest
{
    private const string Policies =
        """
        apiVersion: scalefunctions/v1
        kind: Workload
        metadata: { name: office }
        spec: { select: { any: [ { type: vm }, { type: vmss } ] }, mode: act }
        ---
        apiVersion: scalefunctions/v1
        kind: HorizontalScaling
        metadata: { name: office-hours }
        spec:
          workload: office
          instances: { minimum: 0, maximum: 8, follow: schedule }
          scaleIn: { stabilization: 0s, cooldown: 0s }
          floors: [ { when: "Mon-Fri 08:00-18:00", minimum: 1, reason: office hours } ]
        """;

    private static readonly TargetId Machine = VirtualMachineSpec.IdOf(Subscription, "shop", "build-1"), Resting = VirtualMachineSpec.IdOf(Subscription, "shop", "build-2");

    protected override SandboxOptions Options() => base.Options() with
    {
        Start = new DateTimeOffset(2026, 1, 5, 18, 10, 0, TimeSpan.Zero),
        Estate = new EstateSpec([Spec("web"), Spec("kept") with { ProtectedInstances = 3 }])
        {
            VirtualMachines = [new VirtualMachineSpec { Id = Machine, Load = new ConstantLoad(0.2) }, new VirtualMachineSpec { Id = Resting, Load = new ConstantLoad(0.2), InitialCapacity = 0 }],
            Grants =
            [
                new("reader", $"/subscriptions/{Subscription}", Actions("observe"), []),
                new("writer", $"/subscriptions/{Subscription}/resourceGroups/shop", Actions("act"), []),
            ],

            // Full: a machine that is away has kept its cores.
            Quotas = [new QuotaSpec("westeurope", "cores", 32, 32)],
        },
    };

    private protected override AzureConnection Rights(AzureConnection connection) =>
        connection with { Credential = new SandboxCredential("reader"), WriteCredential = new SandboxCredential("writer") };

    [Fact]
    public async Task Sets_are_lowered_to_what_is_protected_and_machines_stop_and_start()
    {
        await using var services = Build();
        var policies = Read(Policies);
        for (var minute = 0; minute < 12; minute++)
        {
            await TickAsync(services, policies);
            await Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
        }

        Assert.Equal([("kept", 3), ("web", 0), ("build-1", 0)], new[] { Id("kept"), Web, Machine }.Select(id => (id.Name, Sandbox.Estate.CapacityOf(id))));
        Assert.All(Sandbox.Writes.All, write => Assert.True(write.Status is 200 or 202));

        // Then it is known, and not asked for again and again.
        var writes = Sandbox.Writes.All.Count;
        var report = (await TickAsync(services, policies)).Targets.Single(each => each.Target == Id("kept"));
        Assert.Equal((ReportKind.Held, writes), (report.Kind, Sandbox.Writes.All.Count));
        Assert.Contains("protected from scale-in: 3 instances", report.Text, StringComparison.Ordinal);

        await Sandbox.Clock.SpendAsync(TimeSpan.FromHours(14), Cancellation);
        await TickAsync(services, policies);
        await Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(5), Cancellation);
        await TickAsync(services, policies);
        Assert.Equal([1, 1], new[] { Machine, Resting }.Select(Sandbox.Estate.CapacityOf));
    }

    /// <summary>The actions of a role as the template deploys it without any of its parameters set.</summary>
    private static string[] Actions(string role)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ScaleFunctions.sln")))
        {
            folder = folder.Parent;
        }

        using var definition = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder.FullName, "bicep", "roles", $"{role}.json")));
        return
        [
            .. definition.RootElement.GetProperty("grants").EnumerateArray().Where(grant => !grant.TryGetProperty("parameter", out _))
                .SelectMany(grant => grant.GetProperty("actions").EnumerateArray()).Select(action => action.GetString()!),
        ];
    }
}
