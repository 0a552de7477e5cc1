using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>
/// The HTTP API. The Functions host forwards these requests as they came, after it checked the key: GET to <c>ApiRead</c>, POST
/// to <c>ApiOperate</c>, POST below <c>approvals</c> to <c>ApiApprove</c>. Every answer is whole and comes within 20 seconds.
/// </summary>
internal sealed class ApiEndpoints(
    ApiReads reads, ApiForecasts forecasts, ApiSeries series, ApiBacktests backtests, ApiFindings findings, ApiLeftovers leftovers, ApiSelfCosts selfCosts, ApiCosts costs, ApiHandles handles, ApiRollbacks rollbacks, ApiApprovals approvals, ApiBudgets budgets, ApiAlerts alerts, ApiPolicies policies, ApiRollouts rollouts, IdempotentCalls calls, CallerNames callers, CallLimits limits, TriggerOptions options, TimeProvider time,
    ILogger<ApiEndpoints> logger)
{
    private const string Root = "/api/v1";
    private const string TimeHeader = "ScaleFunctions-Time";
    private const int LargestBody = 16 * 1024;

    /// <summary>Bytes that are no text are refused, not replaced.</summary>
    private static readonly UTF8Encoding StrictText = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public void Map(IEndpointRouteBuilder routes)
    {
        Get(routes, "/targets", (_, token) => reads.TargetsAsync(token));
        Get(routes, "/left-alone", (_, token) => reads.LeftAloneAsync(token));
        Get(routes, "/findings", (request, token) => findings.ListAsync(
            request.Query["after"].ToString(), request.Query["limit"].ToString(), request.Query["verdict"].ToString(), token));
        Get(routes, "/findings/{**target}", (request, token) => findings.ShowAsync(Target(request), token));
        Get(routes, "/leftovers", (request, token) => leftovers.ListAsync(
            request.Query["after"].ToString(), request.Query["limit"].ToString(), request.Query["kind"].ToString(), request.Query["owner"].ToString(), token));
        Get(routes, "/costs", (_, token) => costs.ReadAsync(token));
        Get(routes, "/savings", (_, token) => costs.SavingsAsync(token));
        Get(routes, "/costs/self", (_, token) => selfCosts.ReadAsync(token));
        Get(routes, "/approvals", (_, token) => approvals.ListAsync(token));
        Get(routes, "/approvals/{id}", (request, token) => approvals.ShowAsync(Id(request), token));
        Get(routes, "/budgets", (_, token) => budgets.ListAsync(token));
        Get(routes, "/alerts", (_, token) => alerts.ListAsync(token));
        Get(routes, "/policies", (_, token) => policies.ListAsync(token));
        Get(routes, "/policies/diff", (request, token) => policies.CompareAsync(request.Query["from"].ToString(), request.Query["to"].ToString(), token));
        Get(routes, "/rollout", (_, token) => rollouts.StatusAsync(token));
        Get(routes, "/decisions", (_, token) => reads.DecisionsAsync(token));
        Get(routes, "/changes", (request, token) => reads.ChangesAsync(request.Query["after"].ToString(), token));
        Get(routes, "/why/{**target}", (request, token) => reads.WhyAsync(Target(request), token));
        Get(routes, "/journal", (request, token) => reads.JournalAsync(request.Query["limit"].ToString(), token));
        Get(routes, "/history/{**target}", (request, token) => reads.HistoryAsync(Target(request), token));
        Get(routes, "/series/{**target}", (request, token) => series.ReadAsync(Target(request), request.Query["hours"].ToString(), token));
        Get(routes, "/forecast/{**target}", (request, token) => forecasts.ReadAsync(Target(request), token));
        Get(routes, "/backtest/{**target}", (request, token) => backtests.ReadAsync(Target(request), request.Query["days"].ToString(), token));

        Post(routes, "/evaluate", ApiJson.Default.EvaluateCall, (_, call, token) => handles.EvaluateAsync(call, token), call => call.Act);
        Post(routes, "/pause/{**target}", ApiJson.Default.HandleCall, (request, call, token) => handles.PauseAsync(Target(request), call, isPause: true, token));
        Post(routes, "/resume/{**target}", ApiJson.Default.HandleCall, (request, call, token) => handles.PauseAsync(Target(request), call, isPause: false, token));
        Post(routes, "/snooze/set/{**target}", ApiJson.Default.HandleCall, (request, call, token) => handles.SnoozeAsync(Target(request), call, token));
        Post(routes, "/snooze/end/{**target}", ApiJson.Default.HandleCall, (request, call, token) => handles.EndSnoozeAsync(Target(request), call, token));
        Post(routes, "/wake/{**target}", ApiJson.Default.HandleCall, (request, call, token) => handles.WakeAsync(Target(request), call, token));
        Post(routes, "/override/set/{**target}", ApiJson.Default.OverrideCall, (request, call, token) => handles.OverrideAsync(Target(request), call, token));
        Post(routes, "/override/end/{**target}", ApiJson.Default.HandleCall, (request, call, token) => handles.EndOverrideAsync(Target(request), call, token));
        Post(
            routes, "/rollback/{**action}", ApiJson.Default.RollbackCall,
            (request, call, token) => rollbacks.RollBackAsync(Uri.UnescapeDataString(request.RouteValues["action"]?.ToString() ?? ""), call, token), call => !call.DryRun);
        Post(
            routes, "/budgets/{budget}/undo/{step}", ApiJson.Default.HandleCall,
            (request, call, token) => budgets.UndoAsync($"{request.RouteValues["budget"]}", $"{request.RouteValues["step"]}", call, token));
        Post(routes, "/alerts/retry/{id}", ApiJson.Default.HandleCall, (request, call, token) => alerts.RetryAsync(Id(request), call, token));
        Post(routes, "/alerts/snooze/set/{**target}", ApiJson.Default.HandleCall, (request, call, token) => alerts.SnoozeAsync(About(request), call, token));
        Post(routes, "/alerts/snooze/end/{**target}", ApiJson.Default.HandleCall, (request, call, token) => alerts.EndSnoozeAsync(About(request), call, token));
        Post(routes, "/rollout/halt", ApiJson.Default.HandleCall, (_, call, token) => rollouts.HaltAsync(call, token));
        Post(routes, "/kill-switch/set", ApiJson.Default.HandleCall, (_, call, token) => handles.KillSwitchAsync(call, isSet: true, token));

        Post(routes, "/requests/lowerings", ApiJson.Default.HandleCall, (_, call, token) => approvals.AskForLoweringsAsync(call, token));
        Post(routes, "/approvals/{id}/approve", ApiJson.Default.ApprovalCall, (request, call, token) => approvals.AnswerAsync(Id(request), call, isApproved: true, token));
        Post(routes, "/approvals/{id}/deny", ApiJson.Default.ApprovalCall, (request, call, token) => approvals.AnswerAsync(Id(request), call, isApproved: false, token));
        Post(routes, "/approvals/kill-switch/clear", ApiJson.Default.HandleCall, (_, call, token) => handles.KillSwitchAsync(call, isSet: false, token));
        Post(routes, "/approvals/lowerings", ApiJson.Default.HandleCall, (_, call, token) => handles.ApproveLoweringsAsync(call, token));

        Post(routes, "/approvals/policies", ApiJson.Default.PolicyCall, (_, call, token) => policies.ActivateAsync(call, token));
        Post(routes, "/approvals/rollout/promote", ApiJson.Default.RolloutCall, (_, call, token) => rollouts.PromoteAsync(call, token));
        Post(routes, "/approvals/inventory", ApiJson.Default.HandleCall, (_, call, token) => handles.ConfirmInventoryAsync(call, token));

        var patterns = new CallPatterns(routes, Root);
        routes.MapFallback($"{Root}/{{**path}}", context => RefuseAsync(context, patterns.MethodsOf(context.Request.Path)));
    }

    private static string Id(HttpRequest request) => request.RouteValues["id"]?.ToString() ?? "";

    private static string Target(HttpRequest request) => Uri.UnescapeDataString(request.RouteValues["target"]?.ToString() ?? "");

    /// <summary>What an alert is about: a name, or a resource id, whose first slash a path takes away.</summary>
    private static string About(HttpRequest request) =>
        Target(request) is var named && named.StartsWith("subscriptions/", StringComparison.OrdinalIgnoreCase) ? $"/{named}" : named;

    private void Get(IEndpointRouteBuilder routes, string path, Func<HttpRequest, CancellationToken, Task<ApiAnswer>> read)
    {
        Task ServeAsync(HttpContext context) => AnswerAsync(context, token => read(context.Request, token));
        routes.MapGet(Root + path, ServeAsync);
    }

    private void Post<TCall>(
        IEndpointRouteBuilder routes, string path, JsonTypeInfo<TCall> json, Func<HttpRequest, TCall, CancellationToken, Task<ApiAnswer>> handle,
        Func<TCall, bool>? changesSomething = null)
        where TCall : class
    {
        // To stop everything nobody waits, whoever else calls.
        var isLimited = path != "/kill-switch/set";
        Task ServeAsync(HttpContext context) => isLimited && limits.Wait(context.Request) is { } wait ? RefuseAsync(context, wait) : AnswerAsync(
            context, token => TakeAsync(context.Request, json, handle, changesSomething ?? (_ => true), token));
        routes.MapPost(Root + path, ServeAsync);
    }

    private static Task RefuseAsync(HttpContext context, IReadOnlyList<string> methods)
    {
        if (methods.Count == 0)
        {
            return WriteAsync(context, ApiAnswer.Of(ApiProblem.NotFound("there is no such call; see docs/api.md")));
        }

        context.Response.Headers.Allow = string.Join(", ", methods);
        return WriteAsync(context, ApiAnswer.Of(new ApiProblem("about:blank", "Method not allowed", StatusCodes.Status405MethodNotAllowed, $"this call is made with {string.Join(" or ", methods)}; see docs/api.md")));
    }

    private static Task RefuseAsync(HttpContext context, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = CallLimits.Header(wait);
        return WriteAsync(context, ApiAnswer.Of(new ApiProblem("about:blank", "Too many requests", StatusCodes.Status429TooManyRequests, $"too many calls that change something; try again in {CallLimits.Header(wait)} s")));
    }

    private async Task<ApiAnswer> TakeAsync<TCall>(
        HttpRequest request, JsonTypeInfo<TCall> json, Func<HttpRequest, TCall, CancellationToken, Task<ApiAnswer>> handle,
        Func<TCall, bool> changesSomething, CancellationToken cancellationToken)
        where TCall : class
    {
        if (request.ContentLength > LargestBody || await ReadAsync(request, cancellationToken) is not { } body)
        {
            return ApiAnswer.Of(new ApiProblem("about:blank", "Content too large", StatusCodes.Status413PayloadTooLarge, $"at most {LargestBody} bytes"));
        }

        if (Text(body) is not { } text)
        {
            return ApiAnswer.Of(ApiProblem.BadRequest("the body is not valid UTF-8"));
        }

        if (Parse(text, json, out var wrong) is not { } call)
        {
            return ApiAnswer.Of(ApiProblem.BadRequest(wrong));
        }

        if (call is ICallBy<TCall> wanted)
        {
            if (callers.Of(request, wanted.By ?? "", isNeeded: NeedsAName(request)) is not { } by)
            {
                return ApiAnswer.Of(ApiProblem.Forbidden("nobody is signed in, and this needs to know who does it"));
            }

            call = wanted.As(by);
        }

        if (request.Headers["Idempotency-Key"].Count > 1)
        {
            return ApiAnswer.Of(ApiProblem.BadRequest("the header Idempotency-Key is there more than once; which one counts nobody can say"));
        }

        return changesSomething(call)
            ? await calls.OnceAsync(
                request.Headers["Idempotency-Key"].ToString(), $"{request.Path}\n{text}", token => handle(request, call, token), cancellationToken)
            : await handle(request, call, cancellationToken);
    }

    /// <summary>What two people have to agree on, or what is done in somebody's name. To stop something nobody has to be known.</summary>
    private static bool NeedsAName(HttpRequest request) =>
        request.Path.StartsWithSegments($"{Root}/approvals", StringComparison.OrdinalIgnoreCase)
        || request.Path.StartsWithSegments($"{Root}/requests", StringComparison.OrdinalIgnoreCase)
        || request.Path.StartsWithSegments($"{Root}/budgets", StringComparison.OrdinalIgnoreCase)
        || request.Path.StartsWithSegments($"{Root}/rollback", StringComparison.OrdinalIgnoreCase);

    private async Task AnswerAsync(HttpContext context, Func<CancellationToken, Task<ApiAnswer>> answer)
    {
        // The app's own time, which may be simulated: a page that is told "not changed" sees by it that no tick came.
        context.Response.Headers[TimeHeader] = time.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        using var deadline = new CancellationTokenSource(options.ApiDeadline);
        try
        {
            await WriteAsync(context, await answer(deadline.Token));
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            await WriteAsync(context, ApiAnswer.Of(ApiProblem.Unavailable($"not done within {options.ApiDeadline.TotalSeconds:0} s; what was begun goes on, ask again later")));
        }
        catch (StateStoreException exception)
        {
            Log.Failed(logger, context.Request.Path, exception);
            await WriteAsync(context, ApiAnswer.Of(ApiProblem.Unavailable("the state cannot be reached")));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A bug becomes a logged 500; what it was stays in the log.
            Log.Failed(logger, context.Request.Path, exception);
            await WriteAsync(context, ApiAnswer.Of(new ApiProblem("about:blank", "Internal error", StatusCodes.Status500InternalServerError, "see the log")));
        }
    }

    private static async Task WriteAsync(HttpContext context, ApiAnswer answer)
    {
        var body = Encoding.UTF8.GetBytes(answer.Body);
        var tagged = answer.Timeless is null ? body : Encoding.UTF8.GetBytes(answer.Timeless);
        var etag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(tagged)[..12])}\"";
        if (HttpMethods.IsGet(context.Request.Method) && answer.Status == StatusCodes.Status200OK)
        {
            context.Response.Headers.ETag = etag;
            if (context.Request.Headers.IfNoneMatch.ToString() == etag)
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body);
    }

    /// <summary>The body; nothing when it is too large.</summary>
    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var buffer = new byte[LargestBody + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length > LargestBody ? null : buffer[..length];
    }

    private static string? Text(byte[] body)
    {
        try
        {
            return StrictText.GetString(body);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static TCall? Parse<TCall>(string text, JsonTypeInfo<TCall> json, out string wrong)
        where TCall : class
    {
        wrong = "the body is null; expected a JSON object";
        try
        {
            return JsonSerializer.Deserialize(text.Length == 0 ? "{}" : text, json);
        }
        catch (JsonException exception)
        {
            wrong = $"the body is not as expected at {exception.Path ?? "$"}, line {exception.LineNumber + 1}; see docs/api.md for its fields";
            return null;
        }
    }

    private static class Log
    {
        private static readonly Action<ILogger, string, Exception?> FailedMessage = LoggerMessage.Define<string>(
            LogLevel.Error, new EventId(1201, nameof(Failed)), "The call {Path} failed");

        public static void Failed(ILogger logger, string path, Exception exception) => FailedMessage(logger, path, exception);
    }
}
