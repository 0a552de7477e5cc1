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
        Assert.Equal("three locks", (await GetAsync()).Value);
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

    [Fact]
    public async Task When_it_is_broken_off_another_one_reads()
    {
        var (first, second, third) = (GetAsync(), GetAsync(), GetAsync());
        Assert.Single(_reads).SetCanceled(Cancellation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        await UntilAsync(() => _reads.Count == 2);
        _reads[1].SetResult(Reading<string>.Of("new"));

        Assert.Equal(["new", "new"], (await Task.WhenAll(second, third)).Select(answer => answer.Value));
        Assert.Equal(2, _reads.Count);
    }

    [Fact]
    public async Task Who_waits_may_give_up_without_ending_it_for_the_others()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var (first, second) = (GetAsync(), GetAsync(patience.Token));
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Single(_reads).SetResult(Reading<string>.Of("new"));
        Assert.Equal("new", (await first).Value);
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
