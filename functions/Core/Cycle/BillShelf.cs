using ScaleFunctions.Core.Costs;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Keeps bills that were read: Azure's budget for such queries is small, and a bill changes a few times a day. One that cannot be read
/// is replaced by the last one for a day; it is only older, and what it lacks is counted meanwhile.
/// </summary>
/// <param name="time">The present.</param>
/// <param name="source">Where bills are read; absent where nobody set that up.</param>
public sealed class BillShelf(TimeProvider time, IBilledCosts? source = null)
{
    public static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    public static readonly TimeSpan AskedAgainAfter = TimeSpan.FromMinutes(15);

    public static readonly TimeSpan GoodFor = TimeSpan.FromHours(24);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _known = [];

    public async Task<BilledReading> ReadAsync(SpendScope scope, SpendPeriod period, bool amortized, CancellationToken cancellationToken)
    {
        if (source is null)
        {
            return new BilledReading.Missing("nothing here reads bills");
        }

        var (key, now) = (KeyOf(scope, period, amortized), time.GetUtcNow());
        var before = Find(key, now);
        if (before is not null && now < before.AskAgain)
        {
            return before.Answer(now);
        }

        var entry = await source.ReadAsync(scope, period, amortized, cancellationToken).ConfigureAwait(false) switch
        {
            BilledReading.Known known => new Entry(known, now, now + Fresh, ""),
            BilledReading.Missing missing => new Entry(before?.Bill, before?.ReadAt ?? now, now + AskedAgainAfter, missing.Why),
            var other => throw new InvalidOperationException($"a bill is neither known nor missing: {other}"),
        };
        lock (_gate)
        {
            _known[key] = entry;
        }

        return entry.Answer(now);
    }

    private Entry? Find(string key, DateTimeOffset now)
    {
        lock (_gate)
        {
            foreach (var old in _known.Where(each => now - each.Value.ReadAt >= GoodFor).Select(each => each.Key).ToList())
            {
                _known.Remove(old);
            }

            return _known.GetValueOrDefault(key);
        }
    }

    internal static string KeyOf(SpendScope scope, SpendPeriod period, bool amortized) => string.Join('\n', [
        scope.Scope, $"{period.Start:O}/{period.End:O}", amortized ? "amortized" : "actual",
        .. scope.Tags.OrderBy(tag => tag.Key, StringComparer.OrdinalIgnoreCase).Select(tag => $"{tag.Key.ToLowerInvariant()}={string.Join('|', tag.Value)}"),
    ]);

    private sealed record Entry(BilledReading.Known? Bill, DateTimeOffset ReadAt, DateTimeOffset AskAgain, string WhyNot)
    {
        public BilledReading Answer(DateTimeOffset now) => Bill is not null && now - ReadAt < GoodFor ? Bill : new BilledReading.Missing(WhyNot);
    }
}
