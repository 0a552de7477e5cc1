using System.Text.Json;

namespace ScaleFunctions.App.Tests.Commands;

public sealed class RollbackTests
{
    /// <summary>Six seconds for what must be done within two simulated minutes, on a machine that does other things too.</summary>
    private const string Speed = "20";

    [Fact]
    public async Task An_action_is_shown_first_then_taken_back_beside_a_running_serve_and_not_repeated()
    {
        await using var place = new Workplace();
        var serve = await place.ServeAsync("--speed", Speed, "--state", "st", "--trace", place.Write("step.csv", Step()));
        var shown = (await AskAsync(place)).ShouldBe(2).ShouldHideItsInside();
        Assert.Contains("nothing was changed; '--yes' does it", shown.Error, StringComparison.Ordinal);
        var done = (await AskAsync(place, "--yes", "--format", "json")).ShouldBe(0).Json();

        Assert.Equal("scale out", done.GetProperty("holds").GetString());
        await serve.LineAsync(line => line.Contains("held: ann took the last one back (too much); scaling out by itself rests", StringComparison.Ordinal));
        var history = (await place.RunAsync("history step --state st --limit 1000 --format markdown")).ShouldBe(0);
        Assert.Contains(history.Lines, line => line.Contains("| action opened | ann |", StringComparison.Ordinal) && line.Contains($"| {done.GetProperty("action").GetString()} |", StringComparison.Ordinal));
        (await place.RunAsync("history --verify --state st")).ShouldBe(0);

        await serve.KillAsync();
        (await place.RunAsync("rollback step@1 --yes --state st")).ShouldRefuse("that run has ended");
    }

    [Theory]
    [InlineData("rollback web", "'web' is no action")]
    [InlineData("rollback web@1 --hold 25h", "'--hold' is 1m to 24h")]
    [InlineData("rollback web@1 --hold 10s", "too short for --hold")]
    public async Task What_is_no_action_is_refused(string command, string error)
    {
        await using var place = new Workplace();

        Assert.Contains(error, (await place.RunAsync(command)).ShouldBe(1).Error, StringComparison.Ordinal);
    }

    /// <summary>Low for ten minutes, then high.</summary>
    private static string Step() => "timestamp,value\n" + string.Concat(Enumerable.Range(0, 48).Select(
        i => $"2026-03-02T{i / 12:00}:{i % 12 * 5:00}:00Z,{(i < 2 ? 10 : 22)}\n"));

    /// <summary>The last action, once it is settled and has had its effect.</summary>
    private static async Task<string> EndedAsync(Workplace place)
    {
        for (var look = 0; look < 60; look++)
        {
            var journal = (await place.RunAsync("history step --state st --limit 1000 --format json")).ShouldBe(0).Json().EnumerateArray().ToList();
            var opened = journal.LastOrDefault(entry => entry.GetProperty("kind").GetString() == "IntentOpened");
            var ends = journal.Where(entry => entry.GetProperty("kind").GetString() == "IntentEnded").ToList();

            // One that was too late to be sent changed nothing: the one before it is the last.
            var done = ends.LastOrDefault(entry => entry.GetProperty("text").GetString() == "done: Azure has the goal");
            if (done.ValueKind == JsonValueKind.Object && ends.Exists(end => end.GetProperty("action").GetString() == opened.GetProperty("action").GetString()))
            {
                return done.GetProperty("action").GetString()!;
            }
        }

        throw new InvalidOperationException("no action was settled");
    }

    /// <summary>
    /// Asks to take the last action back. A load that rises for minutes brings a newer one meanwhile, and a machine that is busy may need
    /// longer than a plan is good for: then it is asked again, as a person would.
    /// </summary>
    private static async Task<Finished> AskAsync(Workplace place, params string[] more)
    {
        for (var attempt = 1; ; attempt++)
        {
            var run = await place.RunAsync(["rollback", await EndedAsync(place), "--by", "ann", "--reason", "too much", "--state", "st", .. more]);
            if (attempt == 10 || !(run.Error.Contains("not sent", StringComparison.Ordinal) || run.Error.Contains("is newer", StringComparison.Ordinal)))
            {
                return run;
            }
        }
    }
}
