using System.Net;
using System.Text;
using System.Text.Json;
using NCrontab;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Local.Triggers;

/// <summary>
/// Fires the functions as the Functions host would: by HTTP, with its payloads, from the same <c>function.json</c> files. What
/// is behind the endpoints cannot tell who called. It runs in lockstep: a step returns when everything it caused was answered.
/// </summary>
internal sealed class LocalTriggerHost : IDisposable
{
    private readonly HttpClient _client;
    private readonly IWorkSource _queues;
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<FunctionFile> _functions;
    private readonly Dictionary<string, Timer> _timers;

    public LocalTriggerHost(Uri handler, IReadOnlyList<FunctionFile> functions, IWorkSource queues, TimeProvider time)
    {
        _client = new HttpClient { BaseAddress = handler, Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.Add("User-Agent", "Azure-Functions-Host/4.local");
        (_functions, _queues, _time) = (functions, queues, time);
        _timers = functions
            .Where(function => function.TriggerType == "timerTrigger")
            .ToDictionary(function => function.Name, function => new Timer(Parse(function), time.GetUtcNow()));
    }

    /// <summary>When the next timer is due.</summary>
    public DateTimeOffset NextTimer => _timers.Values.Min(timer => timer.Due);

    /// <summary>Fires the timers that are due and delivers messages until none is visible.</summary>
    public async Task StepAsync(CancellationToken cancellationToken)
    {
        foreach (var function in _functions.Where(function => _timers.TryGetValue(function.Name, out var timer) && timer.Due <= _time.GetUtcNow()))
        {
            await FireAsync(function, cancellationToken);
        }

        while (await DeliverAsync(cancellationToken))
        {
        }
    }

    /// <summary>Delivers events as Event Grid does: each its own call, in parallel; if one fails the whole delivery fails and comes again.</summary>
    /// <param name="name">Name of the function.</param>
    /// <param name="delivery">A JSON array of events, or one CloudEvent.</param>
    /// <param name="cancellationToken">Ends the delivery.</param>
    /// <returns>The status Event Grid would see.</returns>
    public async Task<HttpStatusCode> DeliverEventsAsync(string name, JsonElement delivery, CancellationToken cancellationToken)
    {
        if (_functions.FirstOrDefault(each => each.Name == name && each.TriggerType == "eventGridTrigger") is not { } function)
        {
            return HttpStatusCode.NotFound;
        }

        var events = delivery.ValueKind == JsonValueKind.Array ? [.. delivery.EnumerateArray()] : new[] { delivery };
        var answers = await Task.WhenAll(events.Select(
            each => CallAsync(function.Name, HostPayloads.Event(function, each, _time.GetUtcNow()), cancellationToken)));
        return answers.All(isDone => isDone) ? HttpStatusCode.Accepted : HttpStatusCode.InternalServerError;
    }

    public void Dispose() => _client.Dispose();

    private static CrontabSchedule Parse(FunctionFile function) => Parsed(function.Schedule)
        ?? throw new FormatException($"'{function.Schedule}' of {function.Name} is no schedule of six fields (second minute hour day month weekday)");

    private static CrontabSchedule? Parsed(string text)
    {
        try
        {
            return CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = true });
        }
        catch (OverflowException)
        {
            // A number beyond all integers is the one thing it does not answer with nothing.
            return null;
        }
    }

    /// <summary>A timer never overlaps itself, and slots it missed are one call that is past due.</summary>
    private async Task FireAsync(FunctionFile function, CancellationToken cancellationToken)
    {
        var timer = _timers[function.Name];
        var now = _time.GetUtcNow();
        var following = timer.After(now);
        var body = HostPayloads.Timer(function, timer.Last, following, timer.After(timer.Due) <= now, now);
        timer.Last = timer.Due;
        await CallAsync(function.Name, body, cancellationToken);
        timer.Due = timer.After(_time.GetUtcNow());
    }

    private async Task<bool> DeliverAsync(CancellationToken cancellationToken)
    {
        var delivered = false;
        foreach (var function in _functions.Where(function => function.TriggerType == "queueTrigger"))
        {
            var kind = Enum.Parse<WorkKind>(function.Name);
            foreach (var work in await _queues.ReceiveAsync(kind, IWorkSource.MostReceived, WorkDelivery.Lease, cancellationToken))
            {
                delivered = true;
                var isDone = await CallAsync(function.Name, HostPayloads.Queue(function, work, _time.GetUtcNow()), cancellationToken);
                await _queues.SettleAsync(work, isDone, cancellationToken);
            }
        }

        return delivered;
    }

    private async Task<bool> CallAsync(string function, string body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, function)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Azure-Functions-InvocationId", Guid.NewGuid().ToString());
        request.Headers.TransferEncodingChunked = true;
        try
        {
            using var response = await _client.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // After the machine slept the connection is a dead one: a call that failed, as it is to the Functions host.
            return false;
        }
    }

    private sealed class Timer(CrontabSchedule schedule, DateTimeOffset start)
    {
        public DateTimeOffset Last { get; set; }

        public DateTimeOffset Due { get; set; } = Next(schedule, start);

        public DateTimeOffset After(DateTimeOffset time) => Next(schedule, time);

        private static DateTimeOffset Next(CrontabSchedule schedule, DateTimeOffset time) =>
            new(schedule.GetNextOccurrence(time.UtcDateTime), TimeSpan.Zero);
    }
}
