using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Contract.Recording;

/// <summary>
/// Writes what the tests sent to the sandbox, and what it answered, for <c>tests/Contract/judge.mjs</c>: a line of JSON for each
/// exchange, in a file for each process. Of exchanges that differ only in numbers, times and ids one is kept.
/// </summary>
internal static class ExchangeRecorder
{
    /// <summary>Names the folder to write to; nothing is recorded without it.</summary>
    private const string Variable = "SCALEFUNCTIONS_EXCHANGES";

    // A bound, not a target: the tests have some hundred shapes.
    private const int MostExchanges = 10_000;

    private static readonly Lock Gate = new();
    private static readonly HashSet<string> Seen = [];
    private static readonly string? Folder = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? folder : null;
    private static readonly string Source = Assembly.GetExecutingAssembly().GetName().Name!;

    public static Action<RecordedExchange>? FromEnvironment { get; } = Folder is null ? null : Record;

    private static void Record(RecordedExchange exchange)
    {
        var (request, answer) = (Body(exchange.RequestBody), Body(exchange.AnswerBody));
        var shape = $"{exchange.Method} {ExchangeShape.Of(exchange.Url)} {exchange.Status} {ExchangeShape.Prune(request)} {ExchangeShape.Prune(answer)}";
        lock (Gate)
        {
            if (!Seen.Add(shape))
            {
                return;
            }

            if (Seen.Count > MostExchanges)
            {
                throw new InvalidOperationException($"more than {MostExchanges} shapes of exchanges: ExchangeShape tells apart what is alike");
            }

            Directory.CreateDirectory(Folder!);
            File.AppendAllText(
                Path.Combine(Folder!, $"{Source}-{Environment.ProcessId}.jsonl"), Line(exchange, request, answer).ToJsonString() + "\n");
        }
    }

    private static JsonObject Line(RecordedExchange exchange, JsonNode? request, JsonNode? answer) => new()
    {
        ["source"] = Source,
        ["liveRequest"] = new JsonObject
        {
            ["method"] = exchange.Method,
            ["url"] = exchange.Url.AbsoluteUri,
            ["headers"] = Headers(exchange.RequestHeaders),
            ["body"] = request,
        },
        ["liveResponse"] = exchange.Status is null ? null : new JsonObject
        {
            ["statusCode"] = $"{exchange.Status}",
            ["headers"] = Headers(exchange.AnswerHeaders),
            ["body"] = answer,
        },
    };

    private static JsonObject Headers(IReadOnlyDictionary<string, string> headers) =>
        new(headers.Select(header => KeyValuePair.Create(header.Key, (JsonNode?)header.Value)));

    // What is no JSON is judged as the text it is.
    private static JsonNode? Body(ReadOnlyMemory<byte> body)
    {
        try
        {
            return body.IsEmpty ? null : JsonNode.Parse(body.Span);
        }
        catch (System.Text.Json.JsonException)
        {
            return Encoding.UTF8.GetString(body.Span);
        }
    }
}
