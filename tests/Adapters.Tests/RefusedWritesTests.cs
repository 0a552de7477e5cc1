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
        // Three in the first minutes, one under the other policies; then a role is there.
        Fault(new AnswerWith(403, "AuthorizationFailed"), "PATCH", "web", times: 4);
        await using var services = Build();
        var (first, other) = (Policies(6), Policies(7));
        var tries = new List<int>();
        for (var minute = 0; minute < 16; minute++)
        {
            var before = Tries();
            var report = await TickAsync(services, minute < 10 ? first : other);
            if (Tries() > before)
            {
                tries.Add(minute);
            }
            else if (minute < 10)
            {
                Assert.Contains("Azure refused it, with ", Assert.Single(report.Targets, target => target.Target == Web).Text, StringComparison.Ordinal);
            }

            await Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
        }

        Assert.Equal([0, 2, 6, 10, 12], tries);
        Assert.Equal(7, Sandbox.Estate.CapacityOf(Web));
        Assert.Single(Sandbox.Writes.Effective);
        var store = services.GetRequiredService<IStateStore>();
        var told = (await store.ReadJournalAsync(new JournalQuery(Web.Key, Limit: 500), Cancellation)).Where(entry => entry.Kind == JournalKind.Refusal).Select(entry => entry.Text.Split(' ')[1]);
        Assert.Equal(["refuses", "refuses", "takes"], told.Order());
    }

    [Fact]
    public async Task Are_given_up_after_the_fifth_until_a_person_resumes_the_target()
    {
        Fault(new AnswerWith(403, "AuthorizationFailed"), "PATCH", "web", times: 5);
        await using var services = Build();
        var policies = Policies(6);
        for (var minute = 0; minute < 200; minute++)
        {
            // Other policies are no person who has looked.
            var report = await TickAsync(services, minute < 100 ? policies : Policies(7));
            if (minute > 30)
            {
                Assert.Contains("in quarantine since ", Assert.Single(report.Targets, target => target.Target == Web).Text, StringComparison.Ordinal);
            }

            await Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
        }

        Assert.Equal(5, Tries());
        await services.GetRequiredService<Core.Cycle.RowStore>().ChangeTargetAsync(
            Web, row => row.SetPause(null, "ann", "the role is there", Sandbox.Clock.GetUtcNow()), Cancellation);
        await TickAsync(services, policies);
        Assert.Equal((6, 6), (Tries(), Sandbox.Estate.CapacityOf(Web)));
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
