using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.Core.Actions;

namespace ScaleFunctions.Reliability.Tests;

/// <summary><c>apply</c> killed at the steps of an action: what it had begun the next <c>apply</c>, or <c>serve</c>, sees to its end, and sends nothing twice.</summary>
public sealed class AppliedThenKilledTests
{
    [Theory(Timeout = Timeouts.Long)]
    [InlineData("action.open:stop")]
    [InlineData("action.send:stop")]
    [InlineData("action.accept:start")]
    [InlineData("action.accept:stop")]
    public async Task The_next_one_settles_what_was_begun(string step)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var ground = await ProvingGround.StartAsync(cancellationToken);
        var open = await KillAsync(ground, $"{step}:1", cancellationToken);

        // An hour later nobody can be in doubt any more whether what was sent has arrived.
        await ground.Sandbox.Clock.AdvanceToAsync(ground.Sandbox.Clock.GetUtcNow().AddHours(1), cancellationToken);
        var next = await ApplyAsync(ground, killAt: null, cancellationToken);

        Assert.True(next.ExitCode is 0 or 2, next.ToString());
        var evidence = await ground.GatherAsync(cancellationToken);
        var chain = evidence.Targets.Single(each => each.Row.Target == open.Target);
        var life = IntentLife.Read(chain.Entries, Assert.Fail).Single(each => each.Intent.Epoch == open.Epoch);
        Assert.NotEqual("", life.End);
        Assert.Equal(step.StartsWith("action.accept", StringComparison.Ordinal) ? nameof(IntentEnd.Done) : life.End, life.End);
        Assert.True(ground.Sent.Count(sent => sent.Target == open.Target && sent.Intent?.Epoch == open.Epoch) <= 1, "it was sent twice");

        // And a worker that runs on goes on from there.
        Judge.Of(await ground.SettleAsync(cancellationToken)).RequireClean();
    }

    private static async Task<(Core.Targets.TargetId Target, long Epoch)> KillAsync(ProvingGround ground, string killAt, CancellationToken cancellationToken)
    {
        // Until the load asks for a change; each time the hook counts anew.
        for (var tries = 0; tries < 60; tries++)
        {
            var end = await ApplyAsync(ground, killAt, cancellationToken);
            if (end.ExitCode == Worker.KilledExitCode)
            {
                Assert.Contains($"[killed at {killAt}]", end.Errors, StringComparison.Ordinal);
                using var store = SqliteStateStore.Open(ground.State);
                var row = Assert.Single(await store.ReadTargetsAsync(cancellationToken), each => each.Intent is not null);
                return (row.Target, row.Intent!.Epoch);
            }

            Assert.True(end.ExitCode is 0 or 2, end.ToString());
            await ground.Sandbox.Clock.AdvanceToAsync(ground.Sandbox.Clock.GetUtcNow().AddMinutes(2), cancellationToken);
        }

        Assert.Fail($"nothing was changed, so nothing was killed at {killAt}");
        return default;
    }

    private static async Task<WorkerEnd> ApplyAsync(ProvingGround ground, string? killAt, CancellationToken cancellationToken)
    {
        await using var worker = ground.Apply(killAt);
        return await worker.EndAsync(cancellationToken);
    }
}
