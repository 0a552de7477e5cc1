using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>
/// Makes a state-changing call happen once for a key: the same call again gets the stored answer, or is made again where it was
/// refused; another call under the same key is refused, a call that is still under way is told so.
/// </summary>
/// <param name="documents">Where calls and answers are kept.</param>
/// <param name="time">The time of the app, by which answers are forgotten.</param>
/// <param name="wall">The time in which calls take their time; not the app's, which may be simulated and run through hours in a second.</param>
internal sealed class IdempotentCalls(IDocumentStore documents, TimeProvider time, TimeProvider wall)
{
    private const string Partition = "idempotency";
    private const int LongestKey = 200;

    private static readonly TimeSpan RememberedFor = TimeSpan.FromDays(7);

    /// <summary>A call takes less than 20 s; one that is older and without an answer has died.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(1);

    public async Task<ApiAnswer> OnceAsync(
        string key, string request, Func<CancellationToken, Task<ApiAnswer>> call, CancellationToken cancellationToken)
    {
        if (key.Length is 0 or > LongestKey || key.Any(letter => letter is < '!' or > '~'))
        {
            return ApiAnswer.Of(ApiProblem.BadRequest(
                $"the header Idempotency-Key is needed for calls that change something: 1 to {LongestKey} printable characters without spaces"));
        }

        var now = time.GetUtcNow();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request)));
        var stored = await documents.ReadDocumentAsync(Partition, key, cancellationToken);
        if (stored is not null && stored.Read(ApiJson.Default.StoredAnswer) is { } known)
        {
            if (known.RequestHash != hash)
            {
                return ApiAnswer.Of(ApiProblem.Unprocessable("the Idempotency-Key was used for another call; choose a new one"));
            }

            if (known.Answer is not null)
            {
                return known.Answer;
            }

            if (known.BegunAt is { } begunAt && (wall.GetUtcNow() - begunAt).Duration() < LongestCall)
            {
                return UnderWay();
            }
        }

        var begun = new StoredDocument(Partition, key, stored?.Version ?? 0, Json(new StoredAnswer(hash, null) { BegunAt = wall.GetUtcNow() }), now + RememberedFor);
        if (await documents.WriteDocumentAsync(begun, cancellationToken) is not RowWrite.Written written)
        {
            return UnderWay();
        }

        begun = begun with { Version = written.Version };
        try
        {
            // A refusal has changed nothing: the same call may be made again when its reason is gone.
            var answer = await call(cancellationToken);
            var isDone = answer.Status < StatusCodes.Status400BadRequest;
            await documents.WriteDocumentAsync(begun with { Json = Json(new StoredAnswer(hash, isDone ? answer : null)) }, CancellationToken.None);
            return answer;
        }
        catch
        {
            // Without a beginning it is not under way, so that the caller can try the same call again at once.
            await documents.WriteDocumentAsync(begun with { Json = Json(new StoredAnswer(hash, null)) }, CancellationToken.None);
            throw;
        }
    }

    private static ApiAnswer UnderWay() => ApiAnswer.Of(ApiProblem.UnderWay("a call with this Idempotency-Key is under way; ask again shortly"));

    private static string Json(StoredAnswer answer) => JsonSerializer.Serialize(answer, ApiJson.Default.StoredAnswer);
}
