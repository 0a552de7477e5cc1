using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Adapters.Tests.ActivityLogs;

/// <summary>A person changes a count, and the journal names the person.</summary>
public sealed class DriftActorTests : CycleTest
{
    [Fact]
    public async Task Whoever_changed_it_is_named()
    {
        await using var services = Build();
        var policies = Read(
            """
            apiVersion: scalefunctions/v1
            kind: Workload
            metadata: { name: shop }
            spec: { select: { type: vmss }, mode: observe }
            ---
            apiVersion: scalefunctions/v1
            kind: HorizontalScaling
            metadata: { name: shop }
            spec: { workload: shop, instances: { minimum: 2, maximum: 9 } }
            """);
        await TickAsync(services, policies);
        await Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
        Sandbox.Estate.SetCapacity(Web, 6);
        for (var minute = 0; minute < 2; minute++)
        {
            await Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
            await TickAsync(services, policies);
        }

        var told = (await services.GetRequiredService<IStateStore>().ReadJournalAsync(new JournalQuery(Web.Key), Cancellation))
            .Where(entry => entry.Kind == JournalKind.Drift).Select(entry => entry.Text).Order().ToList();
        Assert.Equal("the capacity is 6, not 4, and it was not us", told[0]);
        Assert.Matches("^the change from 4 to 6 instances, seen at .*: Microsoft.Compute/virtualMachineScaleSets/write by ann@contoso.com at .*, says the activity log$", told[1]);
    }
}
