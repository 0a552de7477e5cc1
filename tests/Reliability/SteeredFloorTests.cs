using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Autoscale;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Load;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>
/// A scale set under Azure's own autoscale, whose rules are content with five instances where our policy wants six. The floor that
/// asks for the sixth ends by itself when whoever set it is dead.
/// </summary>
public sealed class SteeredFloorTests
{
    private static readonly TargetId Web = ScaleSetSpec.IdOf(EstateSpec.DefaultSubscription, EstateSpec.DefaultResourceGroup, "web");
    private static readonly TargetId Setting = AutoscaleSettingSpec.IdOf(EstateSpec.DefaultSubscription, EstateSpec.DefaultResourceGroup, "web-auto");

    [Fact(Timeout = Timeouts.Long)]
    public async Task A_floor_falls_back_by_itself_when_the_tool_is_killed_and_is_raised_again_when_it_is_back()
    {
        var token = TestContext.Current.CancellationToken;
        var state = Directory.CreateTempSubdirectory("scalefunctions-").FullName;
        Worker? worker = null;
        Intent? writtenDown = null;
        var killed = new TaskCompletionSource();
        try
        {
            await using var sandbox = await SandboxServer.StartAsync(Options(async seen =>
            {
                if (seen is { Method: "PUT", Kind: RequestKind.AutoscaleSetting, Moment: RequestMoment.Received })
                {
                    writtenDown ??= (await RowAsync(state, token)).Intent;
                }

                if (worker is { } running && seen is { Method: "PUT", Kind: RequestKind.AutoscaleSetting, Moment: RequestMoment.Applied })
                {
                    worker = null;
                    await running.KillAsync();
                    killed.SetResult();
                }
            }), token);
            await using var first = worker = Serve(sandbox, state, minutes: 600);
            await killed.Task.WaitAsync(token);
            var atDeath = sandbox.Clock.GetUtcNow();
            await PassAsync(sandbox, minutes: 2);
            var steered = sandbox.Estate.CapacityOf(Web);
            await PassAsync(sandbox, minutes: 26);
            var held = sandbox.Estate.CapacityOf(Web);
            await PassAsync(sandbox, minutes: 10);
            var fallen = sandbox.Estate.CapacityOf(Web);

            Assert.Equal((IntentPhase.Sent, Setting, 2, 6), (writtenDown!.Phase, writtenDown.Setting, writtenDown.Base.Capacity, writtenDown.Goal));
            Assert.Equal((6, 6, 5), (steered, held, fallen));
            Assert.True(sandbox.Clock.GetUtcNow() - atDeath < TimeSpan.FromMinutes(40));

            await using var second = Serve(sandbox, state, minutes: 45);
            var end = await second.EndAsync(token);
            Assert.True(end.ExitCode == 0, $"{end}");
            await JudgeAsync(sandbox, state, token);
        }
        finally
        {
            Directory.Delete(state, recursive: true);
        }
    }

    /// <summary>Everything was settled, the floor kept up, the count never written by us, and what Azure did is no drift.</summary>
    private static async Task JudgeAsync(SandboxServer sandbox, string state, CancellationToken cancellationToken)
    {
        var row = await RowAsync(state, cancellationToken);
        using var store = SqliteStateStore.Open(state);
        var journal = await store.ReadJournalAsync(new JournalQuery(row.Target.Key, Limit: int.MaxValue), cancellationToken);

        Assert.Null(row.Intent);
        Assert.Equal(6, sandbox.Estate.CapacityOf(Web));
        Assert.All(sandbox.Writes.Effective, write => Assert.Equal(("PUT", Setting), (write.Method, TargetId.Parse(write.Path))));
        Assert.True(sandbox.Writes.Effective.Count >= 5, "a floor of 45 minutes is renewed more than once");
        Assert.DoesNotContain(journal, entry => entry.Kind == JournalKind.Drift);
        Assert.Contains(journal, entry => entry.Text.StartsWith("floor 2 → 6 in the autoscale setting web-auto: cpu", StringComparison.Ordinal));
        Assert.Empty(sandbox.Requests.Unexpected);
    }

    private static SandboxOptions Options(Func<RequestObservation, Task> observe) => new()
    {
        Estate = new EstateSpec(
        [
            new ScaleSetSpec
            {
                Id = Web,
                Load = new ConstantLoad(4.2),
                InitialCapacity = 5,
                BootTime = TimeSpan.FromMinutes(1),
                Tags = new Dictionary<string, string> { ["app"] = "shop" },
            },
        ])
        {
            AutoscaleSettings = [new AutoscaleSettingSpec(Setting, Body())],
        },
        Observer = async (seen, _) => await observe(seen),
    };

    /// <summary>Out above 95 % CPU, in below 60 %, within 2 and 10: at 67 % on five instances nothing happens, and 56 % on six are one too many.</summary>
    private static string Body()
    {
        return $$"""
            {
              "location": "westeurope",
              "properties": {
                "enabled": true, "targetResourceUri": "{{Web}}",
                "profiles": [ { "name": "default", "capacity": { "minimum": "2", "maximum": "10", "default": "2" }, "rules": [ {{Rule("GreaterThan", 95, "Increase")}}, {{Rule("LessThan", 60, "Decrease")}} ] } ]
              }
            }
            """;

        static string Rule(string comparison, int threshold, string direction) => $$"""
            {
              "metricTrigger": { "metricName": "Percentage CPU", "metricResourceUri": "{{Web}}", "timeGrain": "PT1M", "statistic": "Average", "timeWindow": "PT5M",
                "timeAggregation": "Average", "operator": "{{comparison}}", "threshold": {{threshold}} },
              "scaleAction": { "direction": "{{direction}}", "type": "ChangeCount", "value": "1", "cooldown": "PT1M" }
            }
            """;
    }

    private static Worker Serve(SandboxServer sandbox, string state, int minutes) => Worker.Start(
        killAt: null, "serve", "--sandbox", $"{sandbox.Port}/{sandbox.Thumbprint}", "--state", state, "--policies", Built.Policies, "--port", "0",
        "--speed", "0", "--duration", $"{minutes}m");

    private static async Task<TargetRow> RowAsync(string state, CancellationToken cancellationToken)
    {
        using var store = SqliteStateStore.Open(state);
        return await store.ReadTargetAsync(Web, cancellationToken);
    }

    private static ValueTask PassAsync(SandboxServer sandbox, double minutes) =>
        sandbox.Clock.AdvanceToAsync(sandbox.Clock.GetUtcNow().AddMinutes(minutes), TestContext.Current.CancellationToken);
}
