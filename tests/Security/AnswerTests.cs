using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace ScaleFunctions.Security.Tests;

/// <summary>What every answer carries and what none tells, errors first of all.</summary>
public sealed partial class AnswerTests
{
    private static readonly string[] Bodies =
    [
        "", "{", "null", "[]", "7", """{"by":7}""", """{"by":"a","reason":"b","extra":1}""", """{"by":"a","reason":"b","minutes":1e400}""",
        """{"by":"a","reason":"b","minutes":99999999999999999999}""", new string('[', 5_000), """{"Data":{"timer":7}}""", """{"Data":7}""",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_answer_is_protected_errors_included()
    {
        await using var handler = await RunningHandler.StartAsync();
        var wrong = new List<string>();

        await EachAsync(handler, (call, answer, _) =>
        {
            // A path with a null is refused by the server itself, without a body, before the program sees it.
            wrong.AddRange(call.Contains("%00", StringComparison.Ordinal) ? [] : Missing(answer).Select(header => $"{call}: {header}"));
            return Task.CompletedTask;
        });

        Assert.Empty(wrong.Take(20));
    }

    [Fact]
    public async Task No_error_tells_of_the_inside()
    {
        await using var handler = await RunningHandler.StartAsync();
        var seen = new Dictionary<HttpStatusCode, int>();

        await EachAsync(handler, async (call, answer, cancellationToken) =>
        {
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            seen[answer.StatusCode] = seen.GetValueOrDefault(answer.StatusCode) + 1;
            if (!answer.IsSuccessStatusCode)
            {
                Assert.True(!Inside().IsMatch(body), $"{call}: {answer.StatusCode} {body}");
            }

            Assert.False(answer.Headers.Contains("Server") || answer.Headers.Contains("X-Powered-By"), $"{call} names the server");
        });

        // The calls met errors of each kind, otherwise this tells nothing.
        Assert.Superset(new HashSet<HttpStatusCode> { HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.InternalServerError }, seen.Keys.ToHashSet());
    }

    [Theory]
    [InlineData("   at ScaleFunctions.App.Hosting.Api.ApiEndpoints.AnswerAsync(HttpContext context)")]
    [InlineData("System.InvalidOperationException: no")]
    [InlineData("in /home/site/wwwroot/ScaleFunctions.dll")]
    [InlineData("C:\\home\\site")]
    [InlineData("Kestrel/10.0.1")]
    [InlineData("tenant 72f988bf-86f1-41af-91ab-2d7cd011db47")]
    public void What_tells_of_the_inside_would_be_noticed(string body) => Assert.Matches(Inside(), body);

    /// <summary>Another site's page may send, in its visitor's browser, but is told nothing, and may not send what changes something.</summary>
    [Fact]
    public async Task No_answer_lets_another_site_read_it()
    {
        await using var handler = await RunningHandler.StartAsync();
        foreach (var route in ProgramRoute.Of(handler.Services))
        {
            foreach (var method in new[] { "OPTIONS", "GET", "POST" })
            {
                using var call = new HttpRequestMessage(new HttpMethod(method), route.Sample);
                call.Headers.Add("Origin", "https://evil.example");
                call.Headers.Add("Access-Control-Request-Method", "POST");
                call.Headers.Add("Access-Control-Request-Headers", "idempotency-key,x-functions-key");
                using var answer = await handler.Client.SendAsync(call, Cancellation);

                Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-Allow", StringComparison.OrdinalIgnoreCase) || header.Key.StartsWith("WebHook-Allowed", StringComparison.OrdinalIgnoreCase));
                Assert.True(method != "OPTIONS" || !answer.IsSuccessStatusCode, $"OPTIONS {route.Sample}: {answer.StatusCode}");
            }
        }
    }

    /// <summary>The Functions host answers the handshake for topics it has a key for; the program answers none, wherever it comes.</summary>
    [Theory]
    [InlineData("BudgetEvent")]
    [InlineData("ResourceEvent")]
    [InlineData("hooks/budget")]
    [InlineData("api/v1/evaluate")]
    [InlineData("")]
    public async Task A_handshake_of_a_topic_is_not_answered_by_the_program(string path)
    {
        const string Code = "512d38b6-c7b8-40c8-89fe-f46f9e9622b6";
        const string Event = """{"id":"v","topic":"/subscriptions/0/x","subject":"","eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","eventTime":"2026-01-05T09:00:00Z","data":{"validationCode":"CODE","validationUrl":"https://evil.example/CODE"},"dataVersion":"1","metadataVersion":"1"}""";
        await using var handler = await RunningHandler.StartAsync();
        var said = Event.Replace("CODE", Code, StringComparison.Ordinal);
        foreach (var body in new[] { said, $"[{said}]", $$$$"""{"Data":{"event":{{{{said}}}}},"Metadata":{"sys":{}}}""" })
        {
            using var call = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            call.Headers.Add("aeg-event-type", "SubscriptionValidation");
            using var answer = await handler.Client.SendAsync(call, Cancellation);

            Assert.DoesNotContain(Code, await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(Code, handler.Log.Text, StringComparison.Ordinal);
    }

    /// <summary>Calls every route, and what is none, with every method and with bodies that are not as expected.</summary>
    private static async Task EachAsync(RunningHandler handler, Func<string, HttpResponseMessage, CancellationToken, Task> look)
    {
        var paths = ProgramRoute.Of(handler.Services).Select(route => route.Sample).Concat(["nothing", "api/v1/nothing", "dashboard/nothing.js", "api/v1/why/nobody", "api/v1/changes?after=x", "%00", "api/v1/why/%ff"]).Distinct();
        foreach (var path in paths)
        {
            foreach (var method in new[] { "GET", "HEAD", "PUT", "DELETE", "OPTIONS" })
            {
                using var call = new HttpRequestMessage(new HttpMethod(method), path);
                using var answer = await handler.Client.SendAsync(call, Cancellation);
                await look($"{method} {path}", answer, Cancellation);
            }

            foreach (var body in Bodies)
            {
                using var call = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
                call.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
                using var answer = await handler.Client.SendAsync(call, Cancellation);
                await look($"POST {path} {(body.Length > 40 ? body[..40] : body)}", answer, Cancellation);
            }
        }
    }

    private static IEnumerable<string> Missing(HttpResponseMessage answer)
    {
        string Header(string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : "";

        var policy = Header("Content-Security-Policy").Split("; ");
        return new (string What, bool IsThere)[]
        {
            ("no policy that begins with nothing", policy.Contains("default-src 'none'")),
            ("no policy against frames", policy.Contains("frame-ancestors 'none'")),
            ("a policy with 'unsafe'", !policy.Any(part => part.Contains("unsafe", StringComparison.Ordinal))),
            ("no nosniff", Header("X-Content-Type-Options") == "nosniff"),
            ("no no-referrer", Header("Referrer-Policy") == "no-referrer"),
            ("no HSTS", Header("Strict-Transport-Security").StartsWith("max-age=", StringComparison.Ordinal)),
            ("it may be cached", answer.Headers.CacheControl is { NoStore: true } or { NoCache: true }),
        }.Where(each => !each.IsThere).Select(each => each.What);
    }

    /// <summary>Frames of a stack, types of exceptions, paths, versions, ids of a tenant.</summary>
    [GeneratedRegex(@"(^|\\n|\n)\s+at \w|Exception\b|(/[\w.-]+){2,}\.(dll|cs|json|yml)|/(home|tmp|usr|root|var)/|[A-Z]:\\|\b(Kestrel|ASP\.NET|\.NET) ?/?\d|\d+\.\d+\.\d+\b|tenant", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Inside();
}
