using CsCheck;
using ScaleFunctions.Core.Throttling;

namespace ScaleFunctions.Core.Tests.Throttling;

public sealed class TokenBudgetTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_the_bucket_holds_goes_at_once_and_the_rest_in_its_rhythm()
    {
        var waits = Waits(TokenBudget.Reads(Start), 300);

        Assert.Equal(250, waits.Count(wait => wait == TimeSpan.Zero));
        Assert.Equal(TimeSpan.FromMilliseconds(40), waits[250]);
        Assert.Equal(TimeSpan.FromSeconds(2), waits[299]);
    }

    [Fact]
    public void An_answer_that_tells_less_is_believed()
    {
        var told = TokenBudget.Reads(Start).Told(remaining: 3, underWay: 1, Start);

        Assert.Equal([0, 0, 40], Waits(told, 3).Select(wait => wait.TotalMilliseconds));
    }

    [Fact]
    public void An_answer_that_tells_more_than_is_published_is_believed()
    {
        var told = TokenBudget.Writes(Start).Told(remaining: 1000, underWay: 0, Start);

        Assert.Equal(1000, Waits(told, 1100).Count(wait => wait == TimeSpan.Zero));
    }

    [Fact]
    public void A_promise_that_was_not_made_use_of_comes_back()
    {
        var budget = TokenBudget.Reads(Start) with { Tokens = 1 };

        Assert.Equal(TimeSpan.Zero, budget.Reserve(Start).Left.Return().Reserve(Start).Wait);
        Assert.NotEqual(TimeSpan.Zero, budget.Reserve(Start).Left.Reserve(Start).Wait);
    }

    [Fact]
    public void A_worker_that_joins_takes_its_part_of_what_is_left()
    {
        var shared = TokenBudget.Reads(Start).SharedBy(5, Start);

        Assert.Equal(50, Waits(shared, 60).Count(wait => wait == TimeSpan.Zero));
        Assert.Equal(TimeSpan.FromSeconds(1.0 / 5), Waits(shared, 51)[50]);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(12)]
    [InlineData(25)]
    public void A_bucket_that_others_take_from_is_asked_for_little_more_than_it_gives(double filling)
    {
        var (budget, bucket, now) = (TokenBudget.Reads(Start).Told(remaining: 0, underWay: 0, Start), 0d, Start);
        var (passed, refused) = (0, 0);
        while (passed < 1000)
        {
            (budget, var wait) = budget.Reserve(now);
            (now, bucket) = (now + wait, Math.Min(250, bucket + (filling * wait.TotalSeconds)));
            if (bucket >= 1 - 1e-6)
            {
                (passed, bucket) = (passed + 1, bucket - 1);
                budget = budget.Told((int)Math.Max(0, bucket), underWay: 0, now);
                continue;
            }

            refused++;
            budget = budget.Told(0, underWay: 0, now).Refused(now);
            (now, bucket) = (now.AddSeconds(1), Math.Min(250, bucket + filling));
        }

        Assert.InRange(refused, 0, 100);
        Assert.True((now - Start).TotalSeconds < 3 * 1000 / filling, $"it took {now - Start}");
    }

    [Fact]
    public void What_was_refused_is_forgotten_within_minutes_and_never_leads_to_silence()
    {
        var once = TokenBudget.Reads(Start).Refused(Start);
        var often = Enumerable.Range(0, 20).Aggregate(once, (budget, _) => budget.Refused(Start));

        Assert.Equal((12.5, 2.5), (once.Rate, often.Rate));
        Assert.Equal(25, often.Reserve(Start.AddMinutes(10)).Left.Rate);
    }

    /// <summary>However requests fall and however many workers share: Azure's bucket is never overdrawn.</summary>
    [Fact]
    public void All_workers_together_never_send_more_than_the_bucket_gives() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[0, 400].Array[1, 60]).Sample((workers, gaps) =>
        {
            var mine = Enumerable.Range(0, workers).Select(_ => TokenBudget.Reads(Start).SharedBy(workers, Start)).ToArray();
            var (now, turn) = (Start, 0);
            var sent = new List<DateTimeOffset>();
            foreach (var gap in gaps)
            {
                now += TimeSpan.FromMilliseconds(gap);
                for (var request = 0; request < 20; request++)
                {
                    (mine[turn % workers], var wait) = mine[turn % workers].Reserve(now);
                    sent.Add(now + wait);
                    turn++;
                }
            }

            sent.Sort();
            return sent.Select((at, index) => index + 1 <= 250 + (25 * (at - Start).TotalSeconds) + 0.01).All(holds => holds);
        });

    private static List<TimeSpan> Waits(TokenBudget budget, int requests)
    {
        var waits = new List<TimeSpan>();
        for (var request = 0; request < requests; request++)
        {
            (budget, var wait) = budget.Reserve(Start);
            waits.Add(wait);
        }

        return waits;
    }
}
