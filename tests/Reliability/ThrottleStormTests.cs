using System.Globalization;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>
/// Ten minutes in which Azure answers everything with 429, while the load asks for twice the instances. What is sent is counted where
/// it arrives, and compared with what the same worker sends when there is no storm.
/// </summary>
public sealed class ThrottleStormTests
{
    private const int FewInstances = 4;
    private const int ManyInstances = 8;

    /// <summary>The most that may be offered for each request that was needed.</summary>
    private const double MostOffered = 1.1;

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset StormBegins = Start.AddMinutes(10);
    private static readonly DateTimeOffset StormEnds = Start.AddMinutes(20);

    /// <summary>Within this time after the storm all is as the load wants it.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(5);

    [Fact(Timeout = Timeouts.Counted)]
    public Task After_ten_minutes_of_429_all_converge_and_little_more_was_offered_than_needed() => RunAsync(
        ["0", "1", "17", "soon", "-5", "Mon, 05 Jan 2026 00:00:00 GMT", null], StormEnds, TestContext.Current.CancellationToken);

    /// <summary>Azure says to wait until long after the storm: who asks before is refused anew, so nobody does, and then all converge.</summary>
    [Fact(Timeout = Timeouts.Counted)]
    public Task What_is_told_to_wait_an_hour_is_not_asked_for_before_and_converges_after() => RunAsync(
        ["0", "1", "17", "3600", "soon", "Mon, 05 Jan 2026 01:10:00 GMT"], StormEnds + TimeSpan.FromHours(1), TestContext.Current.CancellationToken);

    private static Task RunAsync(IReadOnlyList<string?> waits, DateTimeOffset quietUntil, CancellationToken cancellationToken) => Trials.InSharesAsync(
        Trials.CountOr(1), share: 1, async (numbers, token) =>
        {
            var end = quietUntil + Recovery;
            var calm = await RunWorkerAsync(faults: [], end, token);
            var storm = await RunWorkerAsync(Storm(waits, numbers[0]), end, token);
            var ratio = (double)storm.Arrived / calm.Arrived;
            var isMuch = ratio > MostOffered;
            var remark = string.Create(CultureInfo.InvariantCulture, $"offered/needed {ratio:0.00}, {storm.Refused} refused");
            Figures.Add(1, storm.Verdict!.Effective, storm.Verdict.Duplicates.Count, storm.Verdict.Wrong.Count + storm.Late.Count + (isMuch ? 1 : 0), remark);
            storm.Verdict.RequireClean();
            Assert.Empty(calm.Late);
            Assert.Empty(storm.Late);
            Assert.False(isMuch, remark);
            Assert.True(storm.Refused > 0, "nothing met the storm, so nothing was proved");
        }, cancellationToken);

    /// <summary>Runs a worker until then, and looks at what there is.</summary>
    private static async Task<Outcome> RunWorkerAsync(IReadOnlyList<FaultRule> faults, DateTimeOffset end, CancellationToken cancellationToken)
    {
        // In instances of 80 % CPU, for a target of 60 %.
        var load = new SteppedLoad(FewInstances * 0.75, [(Start.AddMinutes(12), ManyInstances * 0.75)]);
        await using var ground = await ProvingGround.StartAsync(new GroundSetup { Estate = new StirredEstate(Start, load) }, cancellationToken);
        ground.Sandbox.Faults.Set(faults);
        await using (var worker = ground.Serve(end - Start, hook: null))
        {
            var exit = await worker.EndAsync(cancellationToken);
            Assert.True(exit.ExitCode == 0, exit.ToString());
        }

        var (arrived, refused) = (ground.Sandbox.Requests.Total, ground.Sandbox.Requests.Throttled);
        var late = ground.Sandbox.Estate.Report().Where(fleet => fleet.Capacity != ManyInstances).Select(fleet => $"{fleet.Target.Name} has {fleet.Capacity}").ToList();
        return new Outcome(arrived, refused, late, faults.Count == 0 ? null : Judge.Of(await ground.SettleAsync(cancellationToken)));
    }

    /// <summary>Each request in the storm meets the next of the waits, in turn.</summary>
    private static IReadOnlyList<FaultRule> Storm(IReadOnlyList<string?> waits, int first)
    {
        const int different = 600;
        return
        [
            .. Enumerable.Range(0, different).Select(number => Rule(waits[(number + first) % waits.Count]) with { Skip = number, Times = 1 }),
            Rule("17"),
        ];

        static FaultRule Rule(string? wait) => new()
        {
            From = StormBegins,
            Until = StormEnds,
            Effect = new AnswerWith(429, "TooManyRequests", Headers: wait is null ? null : new Dictionary<string, string> { ["Retry-After"] = wait }),
        };
    }

    /// <summary>What a worker did.</summary>
    /// <param name="Arrived">Requests that Azure saw.</param>
    /// <param name="Refused">Of these, those answered with 429.</param>
    /// <param name="Late">What is not as the load asks for.</param>
    /// <param name="Verdict">What the judge found; absent where there was no storm.</param>
    private sealed record Outcome(long Arrived, long Refused, IReadOnlyList<string> Late, Verdict? Verdict);
}
