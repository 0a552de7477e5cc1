using Microsoft.AspNetCore.Http;

namespace ScaleFunctions.Sandbox.Requests;

/// <summary>A request, read to its end.</summary>
internal sealed record SandboxRequest(
    long Sequence, string Method, string Host, string Path, string Query, IQueryCollection Parameters,
    IHeaderDictionary Headers, ReadOnlyMemory<byte> Body)
{
    private const int MaximumBody = 1024 * 1024;

    /// <summary>What fault rules and logs know a request by.</summary>
    public string Target => Host + Path + Query;

    public string? Header(string name) => Headers.TryGetValue(name, out var values) ? values.ToString() : null;

    public string? Parameter(string name) => Parameters.TryGetValue(name, out var values) ? values.ToString() : null;

    /// <summary>Who asks: the token itself. Nothing without one.</summary>
    public string? Principal => Header("Authorization") is { } value && value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
        && value.Length > "Bearer ".Length ? value["Bearer ".Length..] : null;

    public static async Task<SandboxRequest> ReadAsync(HttpRequest request, long sequence, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken).ConfigureAwait(false);
        if (body.Length > MaximumBody)
        {
            throw new BadHttpRequestException("the body is larger than 1 MiB", StatusCodes.Status413PayloadTooLarge);
        }

        return new SandboxRequest(
            sequence, request.Method, request.Host.Host.ToLowerInvariant(), request.Path.Value ?? "/", request.QueryString.Value ?? "",
            request.Query, request.Headers, body.ToArray());
    }
}
