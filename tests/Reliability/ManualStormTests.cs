using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using ScaleFunctions.Core.Journal;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>Calls under idempotency keys, each many times and 64 at a time.</summary>
public sealed class ManualStormTests
{
    private static readonly HttpStatusCode[] Answers = [HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.ServiceUnavailable];

    [Fact(Timeout = Timeouts.Long)]
    public async Task Of_calls_under_one_key_one_is_carried_out_and_all_get_its_answer()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var (keys, mostRepeats) = StormReport.IsLong ? (1_000, 20) : (60, 10);
        var random = new Random(20261128);

        // A call that has no answer after a minute counts as dead; as fast as it goes a simulated minute is over in less than a call takes.
        await using var ground = await StormGround.StartAsync(targets: 20, speed: 6, cancellationToken);
        await using var worker = await StormWorker.StartAsync(ground, cancellationToken);
        using var calls = new StormCalls(worker);
        await ground.PassAsync(worker, TimeSpan.FromSeconds(90), cancellationToken);
        var answers = Enumerable.Range(0, keys).Select(_ => new ConcurrentBag<(HttpStatusCode Status, string Body)>()).ToList();

        await StormCalls.AllAsync(
            from key in Enumerable.Range(0, keys)
            from repeat in Enumerable.Range(0, random.Next(1, mostRepeats + 1))
            select (Func<Task>)(async () => answers[key].Add(await PauseAsync(key, "a drill"))),
            random, cancellationToken);
        var storm = answers.SelectMany(each => each).ToList();
        Assert.All(storm, answer => Assert.True(Answers.Contains(answer.Status), $"{answer.Status}: {answer.Body}"));

        // Whoever was told to ask again does; everybody gets the answer of the one that was carried out.
        await StormCalls.AllAsync(Enumerable.Range(0, keys).Select<int, Func<Task>>(key => async () => answers[key].Add(await PauseAsync(key, "a drill"))), random, cancellationToken);
        Assert.All(answers, each => Assert.Single(each.Where(answer => answer.Status == HttpStatusCode.OK).Select(answer => answer.Body).Distinct()));

        var others = new ConcurrentBag<HttpStatusCode>();
        await StormCalls.AllAsync(
            Enumerable.Range(0, keys).Select<int, Func<Task>>(key => async () => others.Add((await PauseAsync(key, "another drill")).Status)), random, cancellationToken);
        Assert.Equal([HttpStatusCode.UnprocessableEntity], others.Distinct());

        var (elsewhere, _) = await calls.PostAsync("kill-switch/set", "key-0", """{"by":"key-0","reason":"a drill"}""", cancellationToken);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, elsewhere);

        // One evaluation of everything takes a while; the same key meanwhile is told so.
        var together = new ConcurrentBag<HttpStatusCode>();
        for (var attempt = 0; !together.Contains(HttpStatusCode.Conflict) && attempt < 20; attempt++)
        {
            await StormCalls.AllAsync(
                Enumerable.Repeat<Func<Task>>(async () => together.Add((await calls.PostAsync("evaluate", $"all-{attempt}", """{"act":true}""", cancellationToken)).Status), 64),
                random, cancellationToken);
        }

        Assert.Contains(HttpStatusCode.Conflict, together);
        Assert.Contains(HttpStatusCode.OK, together);
        await worker.KillAsync();
        var told = (await ground.JournalAsync(JournalKind.Pause, cancellationToken)).Select(entry => entry.Actor).ToList();
        StormReport.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"calls: {keys:N0} keys, {storm.Count:N0} calls 64 at a time: {storm.Count(each => each.Status == HttpStatusCode.OK):N0} answered, {storm.Count(each => each.Status == HttpStatusCode.Conflict):N0} told it is under way, {told.Count:N0} carried out; {others.Count:N0} of another body refused"));
        Assert.Equal(Enumerable.Range(0, keys).Select(key => $"key-{key}").Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
        Assert.Empty(ground.Sandbox.Writes.All);

        Task<(HttpStatusCode Status, string Body)> PauseAsync(int key, string reason) => calls.PostAsync(
            $"pause/{ground.Targets[key % ground.Targets.Count].Name}", $"key-{key}", $$"""{"by":"key-{{key}}","reason":"{{reason}}","minutes":600}""", cancellationToken);
    }
}
