using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ScaleFunctions.Sandbox.Time;

namespace ScaleFunctions.Sandbox.Billing;

/// <summary>
/// Calls the webhooks of action groups as Azure does: ten seconds for an answer, five more tries after 5, 20, 5, 40 and 5 seconds for
/// what may pass, then silence for a quarter of an hour (learn.microsoft.com/azure/azure-monitor/alerts/action-groups). Between tries
/// simulated time has to pass.
/// </summary>
public sealed class ActionGroupCalls : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan[] Pauses = [.. new[] { 5, 20, 5, 40, 5 }.Select(seconds => TimeSpan.FromSeconds(seconds))];

    private readonly Lock _gate = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = Patience };
    private readonly Dictionary<string, ActionGroupSpec> _groups = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Uri, DateTimeOffset> _silentUntil = [];
    private readonly List<WebhookCall> _calls = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly SimulatedClock _clock;
    private readonly List<Task> _trying = [];
    private bool _isEnded;

    internal ActionGroupCalls(IReadOnlyList<ActionGroupSpec> groups, SimulatedClock clock)
    {
        _clock = clock;
        foreach (var group in groups)
        {
            _groups[group.Id] = Checked(group);
        }
    }

    /// <summary>Every try there was, in their order.</summary>
    public IReadOnlyList<WebhookCall> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>Makes or replaces a group, as when the port of its webhook is known at last.</summary>
    public void Set(ActionGroupSpec group)
    {
        lock (_gate)
        {
            _groups[group.Id] = Checked(group);
        }
    }

    /// <summary>Waits until no call is under way: what still waits for its next try is not.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task[] trying;
            lock (_gate)
            {
                _trying.RemoveAll(each => each.IsCompleted);
                trying = [.. _trying];
            }

            if (trying.Length == 0)
            {
                return;
            }

            await Task.WhenAll(trying).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Those who end a sandbox early end it again.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isEnded, true))
        {
            return;
        }

        _ending.Cancel();
        _client.Dispose();
        _ending.Dispose();
    }

    internal void Tell(SimulatedBudget budget, BudgetThreshold threshold, DateTimeOffset at, string currency)
    {
        lock (_gate)
        {
            foreach (var group in threshold.ActionGroups.Select(id => _groups.GetValueOrDefault(id)).OfType<ActionGroupSpec>().Where(group => group.Webhook is not null))
            {
                var notice = group.UsesCommonSchema ? BudgetNotice.InCommonSchema(budget, threshold, at, currency) : BudgetNotice.Of(budget, threshold, at, currency);
                Begin(group.Webhook!, notice.ToJsonString(), tries: 0);
            }
        }
    }

    private static ActionGroupSpec Checked(ActionGroupSpec group) => group.Webhook is not { } address || (address.IsAbsoluteUri && address.IsLoopback)
        ? group
        : throw new ArgumentException($"the simulated Azure calls this machine alone, and not {address.Host}", nameof(group));

    private void Begin(Uri address, string body, int tries)
    {
        lock (_gate)
        {
            if (!_ending.IsCancellationRequested && !(_silentUntil.GetValueOrDefault(address) > _clock.GetUtcNow()))
            {
                _trying.Add(Task.Run(() => TryAsync(address, body, tries), _ending.Token));
            }
        }
    }

    private async Task TryAsync(Uri address, string body, int tries)
    {
        var status = await SendAsync(address, body).ConfigureAwait(false);
        var mayPass = status is null or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
        lock (_gate)
        {
            _calls.Add(new WebhookCall(_clock.GetUtcNow(), address, body, (int?)status));
            if (mayPass && tries == Pauses.Length)
            {
                _silentUntil[address] = _clock.GetUtcNow() + Silence;
            }
        }

        if (mayPass && tries < Pauses.Length && !_ending.IsCancellationRequested)
        {
            // A timer that nobody holds would be collected with what it is for.
            ITimer? timer = null;
            timer = _clock.CreateTimer(
                _ =>
                {
                    timer?.Dispose();
                    Begin(address, body, tries + 1);
                },
                null, Pauses[tries], Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The status; nothing when there is no answer.</summary>
    private async Task<HttpStatusCode?> SendAsync(Uri address, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } },
        };
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _ending.Token).ConfigureAwait(false);
            return response.StatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            return null;
        }
    }
}
