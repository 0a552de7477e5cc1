using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Load;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Adapters.Tests.AppService;

/// <summary>Plans of four instances, and a policy that changes their size by itself and is guarded by the requests that wait.</summary>
public abstract class SizedPlanTest : CycleTest
{
    private const string Guard = "{ signals: [ { name: queue, metric: HttpQueueLength, zero: usual } ], breachedWhen: [ { signal: queue, above: 10 } ] }";

    protected static readonly TargetId Idle = PlanSpec.IdOf(Subscription, "shop", "idle");

    protected override SandboxOptions Options() => base.Options() with
    {
        Start = new DateTimeOffset(2026, 1, 6, 12, 0, 0, TimeSpan.Zero),
        Estate = new EstateSpec([]) { Plans = [Plan(Idle, "P2v3", load: 0.4)] },
    };

    protected static PlanSpec Plan(TargetId id, string size, double load) => new()
    {
        Id = id,
        Sku = size,
        Load = new ConstantLoad(load),
        InitialCapacity = 4,
        CountBefore = 4,
        RestingMemoryPercent = 10,
        Tags = new Dictionary<string, string> { ["app"] = id.Name },
    };

    /// <summary>What the owner of a plan wants.</summary>
    protected static PolicySet Wish(string app, string mode = "act", string guard = Guard, bool hasSizes = true) => Read(
    [
        $$"""
        apiVersion: scalefunctions/v1
        kind: Workload
        metadata: { name: plans }
        spec: { select: { all: [ { type: plan }, { tags: { app: {{app}} } } ] }, mode: {{mode}} }
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
        .. hasSizes ? (string[])[$"""
            apiVersion: scalefunctions/v1
            kind: VerticalScaling
            metadata: {"{ name: sizes }"}
            spec:
              workload: plans
              mode: act
              sizes: [P1v3, P2v3, P3v3]
              rollOut: {"{ pause: 5m, watch: 10m }"}
              guard: {guard}
            """] : [],
    ]);

    protected async Task RunAsync(IServiceProvider services, PolicySet policies, int minutes)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            await MinuteAsync(services, policies);
        }
    }

    /// <summary>Minute after minute until something is so.</summary>
    protected async Task<IReadOnlyList<TargetReport>> UntilAsync(IServiceProvider services, PolicySet policies, Func<Task<bool>> isSo, int most = 60)
    {
        var reports = new List<TargetReport>();
        for (var minute = 0; minute < most && !await isSo(); minute++)
        {
            reports.AddRange(await MinuteAsync(services, policies));
        }

        Assert.True(await isSo(), $"it was not so within {most} minutes: {string.Join("; ", reports.Select(report => report.Text).TakeLast(5))}");
        return reports;
    }

    protected async Task<IReadOnlyList<TargetReport>> MinuteAsync(IServiceProvider services, PolicySet policies)
    {
        var report = await TickAsync(services, policies);
        await Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
        return report.Targets;
    }

    /// <summary>Changes of ours that Azure carried out.</summary>
    protected IEnumerable<(string?, string?)> Sizes() => Ours().Where(write => write.IsEffective).Select(write => (write.SizeBefore, write.SizeAfter));

    protected IEnumerable<WriteRecord> Ours() => Sandbox.Writes.All.Where(write => !write.IsForeign);

    protected int Puts() => Received.Count(request => request.Method == "PUT");

    protected static Task<TargetRow> RowAsync(IServiceProvider services, TargetId target) => services.GetRequiredService<RowStore>().ReadAsync(target, Cancellation);

    protected static async Task<IReadOnlyList<string>> JournalAsync(IServiceProvider services, TargetId target) =>
        [.. (await services.GetRequiredService<IStateStore>().ReadJournalAsync(new JournalQuery(target.Key, Limit: 100), Cancellation)).Select(entry => entry.Text)];
}
