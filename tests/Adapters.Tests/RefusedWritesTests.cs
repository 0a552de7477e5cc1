using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Adapters.Tests;

/// <summary>Writes that Azure refuses until somebody mends something, over HTTPS.</summary>
public sealed class RefusedWritesTests : CycleTest
{
    [Fact]
    public async Task Are_tried_ever_more_rarely_told_once_and_at_once_when_policies_change()
    {
        // Five in the first hour, one under the other policies; then a role is there.
        Fault(new AnswerWith(403, "AuthorizationFailed"), "PATCH", "web", times: 6);
        await using var services = Build();
        var (first, other) = (Policies(6), Policies(7));
        var tries = new List<int>();
        for (var minute = 0; minute < 66; minute++)
        {
            var before = Tries();
            var report = await TickAsync(services, minute < 60 ? first : other);
            if (Tries() > before)
            {
                tries.Add(minute);
            }
            else if (minute < 60)
            {
                Assert.Contains("Azure refused it, with ", Assert.Single(report.Targets, target => target.Target == Web).Text, StringComparison.Ordinal);
            }

            await Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
        }

        Assert.Equal([0, 2, 6, 14, 30, 60, 62], tries);
        Assert.Equal(7, Sandbox.Estate.CapacityOf(Web));
        Assert.Single(Sandbox.Writes.Effective);
        var store = services.GetRequiredService<IStateStore>();
        var told = (await store.ReadJournalAsync(new JournalQuery(Web.Key, Limit: 500), Cancellation)).Where(entry => entry.Kind == JournalKind.Refusal).Select(entry => entry.Text.Split(' ')[1]);
        Assert.Equal(["refuses", "refuses", "takes"], told.Order());
    }

    private int Tries() => Received.Count(request => request is { Kind: RequestKind.ScaleSet, Method: "PATCH" });

    private static Core.Policies.PolicySet Policies(int minimum) => Read(
        """
        apiVersion: scalefunctions/v1
        kind: Workload
        metadata: { name: shop }
        spec: { select: { type: vmss }, mode: act }
        """,
        $$"""
        apiVersion: scalefunctions/v1
        kind: HorizontalScaling
        metadata: { name: bounds }
        spec: { workload: shop, instances: { minimum: {{minimum}}, maximum: 12 } }
        """);
}
