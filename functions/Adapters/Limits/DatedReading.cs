using ScaleFunctions.Adapters.Inventory;
using ScaleFunctions.Core.Limits;

namespace ScaleFunctions.Adapters.Limits;

/// <summary>A slow reading that tells when it was made.</summary>
internal sealed class DatedReading<T>(TimeProvider time, int times = 1)
    where T : class
{
    private readonly SlowReading<Dated> _slow = new(time, times);

    public async Task<FactReading<T>> GetAsync(Func<CancellationToken, Task<Reading<T>>> read, CancellationToken cancellationToken)
    {
        var answer = await _slow.GetAsync(
            async token =>
            {
                var at = time.GetUtcNow();
                var reading = await read(token).ConfigureAwait(false);
                return new Reading<Dated>(reading.Value is { } value ? new Dated(value, at) : null, reading.Problem);
            },
            cancellationToken).ConfigureAwait(false);
        return answer.Value is { } known ? new FactReading<T>.Known(known.Value, known.At) : new FactReading<T>.Unknown(answer.Problem);
    }

    private sealed record Dated(T Value, DateTimeOffset At);
}
