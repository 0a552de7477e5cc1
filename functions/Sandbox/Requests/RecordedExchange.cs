namespace ScaleFunctions.Sandbox.Requests;

/// <summary>A request to the simulated Azure and what it was answered, whole, as a judge of both wants them.</summary>
public sealed record RecordedExchange
{
    public required string Method { get; init; }

    /// <summary>Host, path and query as they were sent.</summary>
    public required Uri Url { get; init; }

    public required IReadOnlyDictionary<string, string> RequestHeaders { get; init; }

    public ReadOnlyMemory<byte> RequestBody { get; init; }

    /// <summary>The status of the answer; absent when there is none, or one that a fault wrote in the place of the true one.</summary>
    public int? Status { get; init; }

    public IReadOnlyDictionary<string, string> AnswerHeaders { get; init; } = new Dictionary<string, string>();

    public ReadOnlyMemory<byte> AnswerBody { get; init; }

    /// <param name="request">The request; a token in it is not recorded.</param>
    /// <param name="answer">The true answer, if there is one.</param>
    internal static RecordedExchange Of(SandboxRequest request, SandboxAnswer? answer)
    {
        var sent = request.Headers.Where(header => !string.Equals(header.Key, "Authorization", StringComparison.OrdinalIgnoreCase));
        var exchange = new RecordedExchange
        {
            Method = request.Method,
            Url = new Uri($"https://{request.Target}"),
            RequestHeaders = sent.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()),
            RequestBody = request.Body,
        };
        return answer is null ? exchange : exchange with
        {
            Status = answer.Status,
            AnswerHeaders = answer.AllHeaders.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value),
            AnswerBody = answer.Body,
        };
    }
}
