using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>The judge must find what is wrong: a true story, told falsely in one place at a time.</summary>
public sealed class JudgeTests
{
    [Fact(Timeout = Timeouts.Long)]
    public async Task Finds_each_falsehood_in_a_story_that_was_true()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var ground = await ProvingGround.StartAsync(cancellationToken);
        await using (var worker = ground.Serve(TimeSpan.FromMinutes(20)))
        {
            Assert.Equal(0, (await worker.EndAsync(cancellationToken)).ExitCode);
        }

        var truth = await ground.SettleAsync(cancellationToken);
        Judge.Of(truth).RequireClean();
        var write = truth.Writes.First(each => each.IsEffective);
        var other = truth.Fleets[0] with { Capacity = truth.Fleets[0].Capacity + 3 };
        Assert.All<(string Name, Evidence Story, bool IsDuplicate)>(
            [
                ("written twice", Twice(truth, write), true),
                ("asked again for what there is", Change(truth, write with { IsEffective = false, CapacityBefore = write.CapacityAfter }), true),
                ("without If-Match", Change(truth, write with { IfMatch = null }), false),
                ("out of bounds", Change(truth, write with { Body = """{"sku":{"capacity":13}}""", CapacityAfter = 13 }), false),
                ("on a stale base", Change(truth, write with { CapacityBefore = write.CapacityBefore + 1 }), false),
                ("never landed", Change(truth, write with { IsEffective = false, Status = 500 }), false),
                ("not in the log", truth with { Writes = [.. truth.Writes.Skip(1)] }, false),
                ("not written down before", truth with { Sent = [.. truth.Sent.Select(sent => sent with { Intent = null })] }, false),
                ("not yet marked as sent", truth with { Sent = [.. truth.Sent.Select(Unsent)] }, false),
                ("an entry missing at the end", EditFirst(truth, chain => chain with { Entries = [.. chain.Entries.SkipLast(1)] }), false),
                ("an entry changed", EditFirst(truth, chain => chain with { Entries = [chain.Entries[0] with { Text = "" }, .. chain.Entries.Skip(1)] }), false),
                ("an action still open", EditFirst(truth, chain => chain with { Row = chain.Row with { Intent = truth.Sent[0].Intent } }), false),
                ("too many instances", truth with { Fleets = [other, .. truth.Fleets.Skip(1)] }, false),
                ("a request nobody knows", truth with { Unexpected = ["GET https://example.com"] }, false),
            ],
            told =>
            {
                var verdict = Judge.Of(told.Story);
                Assert.True((told.IsDuplicate ? verdict.Duplicates : verdict.Wrong).Count > 0, $"the judge did not find: {told.Name}");
            });
    }

    private static SentWrite Unsent(SentWrite sent) => sent with { Intent = sent.Intent! with { Phase = IntentPhase.Opened } };

    private static Evidence Change(Evidence truth, WriteRecord changed) =>
        truth with { Writes = [.. truth.Writes.Select(each => each.Sequence == changed.Sequence ? changed : each)] };

    private static Evidence Twice(Evidence truth, WriteRecord write)
    {
        var sent = truth.Sent.First(each => each.Target == TargetId.Parse(write.Path));
        return truth with
        {
            Writes = [.. truth.Writes.SelectMany(each => each == write ? [each, each] : new[] { each })],
            Sent = [.. truth.Sent.SelectMany(each => each == sent ? [each, each] : new[] { each })],
        };
    }

    private static Evidence EditFirst(Evidence truth, Func<TargetChain, TargetChain> edit) =>
        truth with { Targets = [edit(truth.Targets[0]), .. truth.Targets.Skip(1)] };
}
