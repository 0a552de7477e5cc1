using ScaleFunctions.Core.Costs;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Keeps what Azure expects: it says something new a few times a day, and each question takes of the tenant's few units.</summary>
/// <param name="time">The present.</param>
/// <param name="source">Who asks Azure; absent where nobody set that up.</param>
public sealed class AzureForecasts(TimeProvider time, IAzureForecast? source = null)
{
    public static readonly TimeSpan Fresh = TimeSpan.FromHours(6);

    /// <summary>Young subscriptions have no forecast for weeks: that is asked no more often.</summary>
    public static readonly TimeSpan AskedAgainAfter = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (AzureForecastReading Reading, DateTimeOffset Until)> _known = [];

    public async Task<AzureForecastReading> ReadAsync(SpendScope scope, SpendPeriod period, bool amortized, CancellationToken cancellationToken)
    {
        if (source is null)
        {
            return new AzureForecastReading.Missing("nothing here asks Azure for it");
        }

        var (key, now) = (BillShelf.KeyOf(scope, period, amortized), time.GetUtcNow());
        lock (_gate)
        {
            foreach (var old in _known.Where(each => now >= each.Value.Until).Select(each => each.Key).ToList())
            {
                _known.Remove(old);
            }

            if (_known.TryGetValue(key, out var kept))
            {
                return kept.Reading;
            }
        }

        var reading = await source.ReadAsync(scope, period, amortized, cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            _known[key] = (reading, now + (reading is AzureForecastReading.Known ? Fresh : AskedAgainAfter));
        }

        return reading;
    }
}
