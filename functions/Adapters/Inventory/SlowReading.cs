namespace ScaleFunctions.Adapters.Inventory;

/// <summary>
/// Something about an estate that changes rarely: read again after a while, and while that fails kept a little longer. It saves
/// reads, and bridges a short outage; each process has its own and begins without.
/// </summary>
/// <param name="time">Tells how old a reading is.</param>
/// <param name="times">How many times five minutes nothing is asked; three times as long it is known at most.</param>
internal sealed class SlowReading<T>(TimeProvider time, int times = 1)
    where T : class
{
    /// <summary>So long nothing is asked.</summary>
    private TimeSpan Fresh => times * TimeSpan.FromMinutes(5);

    /// <summary>After this nothing is known any more.</summary>
    private TimeSpan GoodFor => 3 * Fresh;

    private readonly Lock _gate = new();
    private Reading<T>? _last;
    private DateTimeOffset _at;
    private TaskCompletionSource<Reading<T>?>? _running;

    /// <summary>
    /// The last good reading, or a new one. Those who ask while one is under way get what comes of it; when it was broken off,
    /// which is the business of whoever asked for it, one of the others reads.
    /// </summary>
    /// <param name="read">Reads it; what it cannot read it says in <see cref="Reading{T}.Problem"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<Reading<T>> GetAsync(Func<CancellationToken, Task<Reading<T>>> read, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = time.GetUtcNow();
            var ours = new TaskCompletionSource<Reading<T>?>(TaskCreationOptions.RunContinuationsAsynchronously);
            Task<Reading<T>?>? theirs;
            lock (_gate)
            {
                if (_last is not null && (now - _at).Duration() < Fresh)
                {
                    return _last;
                }

                theirs = _running?.Task;
                _running ??= ours;
            }

            if (theirs is null)
            {
                return await ReadAsync(ours, read, now, cancellationToken).ConfigureAwait(false);
            }

            if (await theirs.WaitAsync(cancellationToken).ConfigureAwait(false) is { } shared)
            {
                return shared;
            }
        }
    }

    private async Task<Reading<T>> ReadAsync(
        TaskCompletionSource<Reading<T>?> ours, Func<CancellationToken, Task<Reading<T>>> read, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Reading<T>? result = null;
        try
        {
            var answer = await read(cancellationToken).ConfigureAwait(false);
            return result = Keep(answer, now);
        }
        finally
        {
            lock (_gate)
            {
                _running = null;
            }

            ours.SetResult(result);
        }
    }

    private Reading<T> Keep(Reading<T> answer, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (answer.Problem.Length == 0)
            {
                (_last, _at) = (answer, now);
                return answer;
            }

            return _last is not null && (now - _at).Duration() < GoodFor ? _last with { Problem = answer.Problem } : answer;
        }
    }
}
