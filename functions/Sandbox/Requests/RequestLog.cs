namespace ScaleFunctions.Sandbox.Requests;

/// <summary>Counts what arrived. Its memory is bounded, whatever arrives.</summary>
public sealed class RequestLog
{
    private const int MaximumUnexpected = 1000;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Method, RequestKind Kind), long> _counts = [];
    private readonly List<string> _unexpected = [];
    private long _throttled;
    private long _total;

    public long Total => Read(() => _total);

    /// <summary>Requests answered with 429.</summary>
    public long Throttled => Read(() => _throttled);

    public IReadOnlyList<RequestCount> Counts => Read(() => _counts
        .Select(pair => new RequestCount(pair.Key.Method, pair.Key.Kind, pair.Value))
        .OrderBy(count => count.Kind).ThenBy(count => count.Method, StringComparer.Ordinal).ToList());

    /// <summary>Requests for hosts, paths or methods the sandbox does not have; the first thousand.</summary>
    public IReadOnlyList<string> Unexpected => Read(() => _unexpected.ToList());

    public long Count(RequestKind kind) => Read(() => _counts.Where(pair => pair.Key.Kind == kind).Sum(pair => pair.Value));

    internal void Add(string method, RequestKind kind, string description)
    {
        lock (_gate)
        {
            // An unknown method is an unexpected request: it must not open a counter of its own.
            var key = (kind == RequestKind.Unexpected ? "*" : method, kind);
            _counts[key] = _counts.GetValueOrDefault(key) + 1;
            _total++;
            if (kind == RequestKind.Unexpected && _unexpected.Count < MaximumUnexpected)
            {
                _unexpected.Add(description);
            }
        }
    }

    internal void AddThrottled()
    {
        lock (_gate)
        {
            _throttled++;
        }
    }

    private T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }
}
