using System.Globalization;
using System.Text.Json;
using ScaleFunctions.Adapters.Conformance;
using ScaleFunctions.Core.Conformance;

namespace ScaleFunctions.App.Commands.Autoscale;

/// <summary>Goes through the same requests with any Azure: reads, writes that change nothing, one instance more, and back.</summary>
internal sealed class ConformanceRun(RawExchanges exchanges, Func<TimeSpan, CancellationToken, ValueTask> wait)
{
    public const string Read = "read the resource";
    public const string Missing = "read a resource that is not there";
    public const string InstanceView = "read the instance view";
    public const string Stale = "write with an outdated ETag";
    public const string Same = "write the count there is";
    public const string Out = "ask for one more";
    public const string During = "read while it is being done";
    public const string Operation = "follow the operation";
    public const string After = "read when it is done";
    public const string Back = "ask for the first count again";
    public const string End = "read at the end";

    /// <summary>As long as Azure takes at worst to start one instance.</summary>
    private const int MostPolls = 90;

    private static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(10);

    /// <summary>Headers that the adapters go by, or could.</summary>
    private static readonly string[] Headers = ["ETag", "Retry-After", "Azure-AsyncOperation", "Location"];

    private readonly List<ExchangeSeen> _seen = [];

    /// <summary>All steps, for a plan without those that only scale sets have.</summary>
    public static IReadOnlyList<string> Steps(bool isPlan) =>
        [.. new[] { Read, Missing, InstanceView, Stale, Same, Out, During, Operation, After, Back, End }.Where(step => !isPlan || step is not (InstanceView or Stale))];

    /// <summary>What was seen before something came in between is kept.</summary>
    public IReadOnlyList<ExchangeSeen> Seen => _seen;

    /// <summary>Why it ended early; absent when it did not.</summary>
    public string? Problem { get; private set; }

    /// <param name="isDone">Called after each step.</param>
    /// <param name="cancellationToken">Ends it; the count is put back all the same.</param>
    public async Task GoAsync(Action isDone, CancellationToken cancellationToken)
    {
        var first = await exchanges.GetAsync(cancellationToken);
        if (first.Status != 200 || Capacity(first) is not { } count)
        {
            Problem = $"it cannot be read: {first.Status} {Code(first)}";
            return;
        }

        Note(Read, first, count);
        isDone();
        await StepAsync(Missing, exchanges.GetMissingAsync);
        if (!exchanges.IsPlan)
        {
            await StepAsync(InstanceView, exchanges.GetInstanceViewAsync);
            await StepAsync(Stale, token => exchanges.WriteAsync(first, count, "\"0\"", token));
        }

        await StepAsync(Same, token => exchanges.WriteAsync(first, count, ETag(first), token));
        var now = await SettledAsync();
        if (Capacity(now) != count || State(now) != "Succeeded")
        {
            Problem = "it changed meanwhile, so nothing was asked of it";
            return;
        }

        try
        {
            var more = await exchanges.WriteAsync(now, count + 1, ETag(now), cancellationToken);
            Note(Out, more, count);
            isDone();
            if (more.Status is >= 200 and < 300)
            {
                await StepAsync(During, exchanges.GetAsync);
                await FollowAsync(more, Operation, count, cancellationToken);
                isDone();
                await StepAsync(After, exchanges.GetAsync);
            }
        }
        finally
        {
            // Also when somebody wants it to end: one instance more would be billed for ever.
            await BackAsync(count);
            isDone();
        }

        async Task StepAsync(string step, Func<CancellationToken, Task<RawAnswer>> send)
        {
            Note(step, await send(cancellationToken), count);
            isDone();
        }
    }

    private async Task BackAsync(int count)
    {
        var now = await SettledAsync();
        if (Capacity(now) == count)
        {
            return;
        }

        var back = await exchanges.WriteAsync(now, count, ETag(now), CancellationToken.None);
        Note(Back, back, count);
        await FollowAsync(back, null, count, CancellationToken.None);
        var end = await SettledAsync();
        Note(End, end, count);
        Problem ??= Capacity(end) == count ? null : $"it still has {Capacity(end)} instances and had {count}: set that by hand";
    }

    private async Task<RawAnswer> SettledAsync()
    {
        var now = await exchanges.GetAsync(CancellationToken.None);
        for (var poll = 0; poll < MostPolls && State(now) is "Updating" or "InProgress"; poll++)
        {
            await wait(UsualPause, CancellationToken.None);
            now = await exchanges.GetAsync(CancellationToken.None);
        }

        return now;
    }

    private async Task FollowAsync(RawAnswer accepted, string? step, int count, CancellationToken cancellationToken)
    {
        if (!accepted.Headers.TryGetValue("Azure-AsyncOperation", out var address) && !accepted.Headers.TryGetValue("Location", out address))
        {
            return;
        }

        RawAnswer? answer = null;
        for (var poll = 0; poll < MostPolls; poll++)
        {
            answer = await exchanges.GetOperationAsync(address, cancellationToken);
            if (answer.Status != 202 && Text(answer, "status") is not ("InProgress" or "Updating" or "Running" or "Accepted"))
            {
                break;
            }

            await wait(Pause(answer), cancellationToken);
        }

        if (step is not null && answer is not null)
        {
            Note(step, answer, count);
        }
    }

    private void Note(string step, RawAnswer answer, int count)
    {
        var facts = new Dictionary<string, string>();
        if (Capacity(answer) is { } capacity)
        {
            facts["capacity"] = capacity == count ? "as at first" : (capacity - count).ToString("+0;-0", CultureInfo.InvariantCulture);
        }

        if (State(answer) is { Length: > 0 } state)
        {
            facts["state"] = state;
        }

        if (Text(answer, "status") is { Length: > 0 } status)
        {
            facts["operation"] = status;
        }

        _seen.Add(new ExchangeSeen
        {
            Step = step,
            Status = answer.Status,
            ErrorCode = Code(answer),
            Headers = [.. Headers.Where(answer.Headers.ContainsKey)],
            Shape = answer.Body is { } body ? [.. Members(body, "").Distinct()] : [],
            Facts = facts,
        });
    }

    /// <summary>Names under <c>tags</c> are the owner's.</summary>
    private static IEnumerable<string> Members(JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.Object when path == ".tags" => [$"{path[1..]}: {JsonValueKind.Object}"],
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Members(member.Value, $"{path}.{member.Name}")),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => Members(item, $"{path}[]")),
        JsonValueKind.True or JsonValueKind.False => [$"{path.TrimStart('.')}: Flag"],
        _ => [$"{path.TrimStart('.')}: {value.ValueKind}"],
    };

    private static TimeSpan Pause(RawAnswer answer) =>
        answer.Headers.TryGetValue("Retry-After", out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 60
            ? TimeSpan.FromSeconds(seconds) : UsualPause;

    private static string? ETag(RawAnswer answer) => answer.Headers.GetValueOrDefault("ETag") ?? Text(answer, "etag");

    private static int? Capacity(RawAnswer answer) =>
        Member(answer.Body, "sku") is { } sku && Member(sku, "capacity") is { ValueKind: JsonValueKind.Number } capacity && capacity.TryGetInt32(out var count) ? count : null;

    private static string State(RawAnswer answer) =>
        Member(answer.Body, "properties") is { } properties && Member(properties, "provisioningState") is { ValueKind: JsonValueKind.String } state ? state.GetString()! : "";

    private static string Code(RawAnswer answer) =>
        Member(answer.Body, "error") is { } error && Member(error, "code") is { ValueKind: JsonValueKind.String } code ? code.GetString()! : Text(answer, "Code") ?? "";

    private static string? Text(RawAnswer answer, string name) => Member(answer.Body, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Member(JsonElement? owner, string name) =>
        owner is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty(name, out var member) ? member : null;
}
