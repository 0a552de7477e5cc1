using ScaleFunctions.Core.Costs;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Reads counted days. Those that nothing is added to any more are remembered by this process; forgetting them costs time, no more.</summary>
public sealed class SpendBook(SpendDays days, TimeProvider time)
{
    /// <summary>The first tick of a day ends the day before.</summary>
    private static readonly TimeSpan Settles = TimeSpan.FromHours(2);

    /// <summary>All that are kept: where nothing is billed, a budget of a year is judged by all its days.</summary>
    private static readonly int MostRemembered = (int)SpendDays.KeptFor.TotalDays;

    private readonly Lock _gate = new();
    private readonly Dictionary<DateOnly, IReadOnlyList<SpendDay>> _over = [];

    /// <summary>The counted days of a period, up to now.</summary>
    public async Task<IReadOnlyList<SpendDay>> ReadAsync(SpendPeriod period, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var counted = new List<SpendDay>();
        for (var day = period.Start; day < period.End && SpendDay.StartOf(day) <= now; day = day.AddDays(1))
        {
            counted.AddRange(Remembered(day) ?? await LoadAsync(day, now, cancellationToken).ConfigureAwait(false));
        }

        return counted;
    }

    private async Task<IReadOnlyList<SpendDay>> LoadAsync(DateOnly day, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var read = await days.ReadAsync(day, cancellationToken).ConfigureAwait(false);
        if (now >= SpendDay.StartOf(day.AddDays(1)) + Settles)
        {
            lock (_gate)
            {
                _over[day] = read;
                if (_over.Count > MostRemembered)
                {
                    _over.Remove(_over.Keys.Min());
                }
            }
        }

        return read;
    }

    private IReadOnlyList<SpendDay>? Remembered(DateOnly day)
    {
        lock (_gate)
        {
            return _over.GetValueOrDefault(day);
        }
    }
}
