using Microsoft.Extensions.Time.Testing;
using ScaleFunctions.Adapters.Inventory;

namespace ScaleFunctions.Adapters.Tests.Inventory;

public sealed class SlowReadingTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly SlowReading<string> _slow;
    private readonly List<TaskCompletionSource<Reading<string>>> _reads = [];

    public SlowReadingTests() => _slow = new(_time);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Those_who_ask_while_it_is_read_get_the_same_without_asking_azure()
    {
        var asked = Enumerable.Range(0, 24).Select(_ => GetAsync()).ToList();

        Assert.Single(_reads).SetResult(Reading<string>.Of("three locks"));

        Assert.All(await Task.WhenAll(asked), answer => Assert.Equal("three locks", answer.Value));
        Assert.Equal("three locks", (await GetAsync().WaitAsync(TimeSpan.FromSeconds(30), Cancellation)).Value);
        Assert.Single(_reads);
    }

    [Fact]
    public async Task Is_read_again_after_five_minutes_and_known_for_fifteen_while_that_fails()
    {
        await AnsweredAsync(Reading<string>.Of("old"));

        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(new Reading<string>("old", "500"), await AnsweredAsync(Reading<string>.Failed("500")));
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(Reading<string>.Failed("500"), await AnsweredAsync(Reading<string>.Failed("500")));
        Assert.Equal(Reading<string>.Of("new"), await AnsweredAsync(Reading<string>.Of("new")));
    }

    [Fact]
    public async Task What_failed_is_told_to_all_who_waited_and_tried_again_by_the_next()
    {
        var asked = new[] { GetAsync(), GetAsync() };
        Assert.Single(_reads).SetResult(Reading<string>.Failed("500"));

        Assert.All(await Task.WhenAll(asked), answer => Assert.Equal(Reading<string>.Failed("500"), answer));
        Assert.Equal(Reading<string>.Of("new"), await AnsweredAsync(Reading<string>.Of("new")));
    }

    [Fact(Timeout = 30_000)]
    public async Task When_it_is_broken_off_another_one_reads()
    {
        var (first, second, third) = (GetAsync(), GetAsync(), GetAsync());
        Assert.Single(_reads).SetCanceled(TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        await UntilAsync(() => _reads.Count == 2);
        _reads[1].SetResult(Reading<string>.Of("new"));

        Assert.Equal(["new", "new"], (await Task.WhenAll(second, third)).Select(answer => answer.Value));
        Assert.Equal(2, _reads.Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task Who_waits_may_give_up_without_ending_it_for_the_others()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var (first, second) = (GetAsync(), GetAsync(patience.Token));
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Single(_reads).SetResult(Reading<string>.Of("new"));
        Assert.Equal("new", (await first).Value);
    }

    /// <summary>Of a time to come is what was read before the clock was put right: for how long it is good nobody knows.</summary>
    [Theory]
    [InlineData(4, 1, "old", "")]
    [InlineData(6, 2, "old", "500")]
    [InlineData(14, 2, "old", "500")]
    [InlineData(16, 2, null, "500")]
    public async Task What_was_read_in_the_future_is_as_old_as_it_is_ahead(int minutes, int reads, string? known, string problem)
    {
        await AnsweredAsync(Reading<string>.Of("old"));
        _time.AdjustTime(_time.GetUtcNow().AddMinutes(-minutes));

        var asked = GetAsync();
        if (_reads.Count > 1)
        {
            _reads[^1].SetResult(Reading<string>.Failed("500"));
        }

        Assert.Equal(known is null ? Reading<string>.Failed(problem) : new Reading<string>(known, problem), await asked);
        Assert.Equal(reads, _reads.Count);
    }

    [Fact]
    public async Task What_changes_more_rarely_is_asked_for_and_known_as_much_longer()
    {
        var slow = new SlowReading<string>(_time, times: 3);
        var reads = 0;
        Task<Reading<string>> GetAsync(Reading<string> answer) => slow.GetAsync(
            _ =>
            {
                reads++;
                return Task.FromResult(answer);
            },
            Cancellation);
        await GetAsync(Reading<string>.Of("old"));

        _time.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1));
        Assert.Equal(Reading<string>.Of("old"), await GetAsync(Reading<string>.Failed("500")));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new Reading<string>("old", "500"), await GetAsync(Reading<string>.Failed("500")));
        _time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(Reading<string>.Failed("500"), await GetAsync(Reading<string>.Failed("500")));
        Assert.Equal(3, reads);
    }

    private Task<Reading<string>> GetAsync(CancellationToken? cancellationToken = null) => _slow.GetAsync(
        _ =>
        {
            lock (_reads)
            {
                _reads.Add(new TaskCompletionSource<Reading<string>>(TaskCreationOptions.RunContinuationsAsynchronously));
                return _reads[^1].Task;
            }
        },
        cancellationToken ?? Cancellation);

    private async Task<Reading<string>> AnsweredAsync(Reading<string> answer)
    {
        var asked = GetAsync();
        _reads[^1].SetResult(answer);
        return await asked;
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            await Task.Yield();
            Cancellation.ThrowIfCancellationRequested();
        }
    }
}
