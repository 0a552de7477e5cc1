using System.Diagnostics;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using ScaleFunctions.Adapters.Telemetry;
using ScaleFunctions.App.Dashboard;

namespace ScaleFunctions.App.Hosting;

/// <summary>
/// The custom-handler protocol: <c>POST /{Function}</c> for everything but HTTP triggers. The answer is always JSON; 200 says
/// done, 500 says "deliver again". The host throws the body of a failure away, so the reason is logged before; and it never
/// tells when it gives up, so each call has a deadline of its own.
/// </summary>
internal sealed class TriggerEndpoints(
    TriggerOptions options, UsageKeeper usage, ILogger<TriggerEndpoints> logger, TelemetryFlush? telemetry = null) : IDisposable
{
    private const string InvocationIdHeader = "X-Azure-Functions-InvocationId";
    private const string Json = "application/json";

    /// <summary>Event Grid and queue deliveries come as many as they like; the work behind them does not.</summary>
    private readonly SemaphoreSlim _places = new(options.Concurrency);

    private volatile bool _isEnding;

    public void Map(IEndpointRouteBuilder routes)
    {
        // The host takes any answer for "ready", and asks again later. A person who came here meant the page.
        routes.MapGet("/", (HttpContext context) => DashboardEndpoints.IsWanted(context.Request)
            ? Results.Redirect(DashboardEndpoints.Address)
            : Results.Text("{}", Json));
        foreach (var function in routes.ServiceProvider.GetServices<ITriggerFunction>())
        {
            routes.MapPost($"/{function.Name}", context => AnswerAsync(context, function));
        }

        routes.MapFallback("{**path}", () => Results.Text("{}", Json, statusCode: StatusCodes.Status404NotFound));
    }

    public void Dispose()
    {
        _isEnding = true;
        _places.Dispose();
    }

    private async Task AnswerAsync(HttpContext context, ITriggerFunction function)
    {
        var id = context.Request.Headers[InvocationIdHeader].ToString();
        telemetry?.Begin();
        var isDone = await IsDoneAsync(context, function, id);
        await usage.KeepAsync();
        await (telemetry?.EndAsync() ?? Task.CompletedTask);
        context.Response.StatusCode = isDone ? StatusCodes.Status200OK : StatusCodes.Status500InternalServerError;
        context.Response.ContentType = Json;
        await context.Response.WriteAsync("""{"Outputs":{},"Logs":[],"ReturnValue":null}""");
    }

    private async Task<bool> IsDoneAsync(HttpContext context, ITriggerFunction function, string id)
    {
        using var scope = Log.Invocation(logger, id);
        var since = Stopwatch.GetTimestamp();
        var isDone = false;
        Activity? activity = null;

        // Not the request's token: the work is worth finishing even when the host has gone away.
        using var deadline = new CancellationTokenSource(options.Deadline);
        try
        {
            var invocation = await ReadAsync(context.Request, function.Name, id, deadline.Token);
            activity = InvocationTelemetry.Start(invocation, context.Request);
            await _places.WaitAsync(deadline.Token);
            try
            {
                await function.RunAsync(invocation, deadline.Token);
                isDone = true;
            }
            finally
            {
                _places.Release();
            }
        }
        catch (InvocationFormatException exception)
        {
            Log.BadCall(logger, function.Name, id, exception.Message);
        }
        catch (BadHttpRequestException exception)
        {
            Log.BadCall(logger, function.Name, id, exception.Message);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            Log.TooLate(logger, function.Name, id, options.Deadline);
        }
        catch (ObjectDisposedException) when (_isEnding)
        {
            Log.CutOff(logger, function.Name, id);
        }
        catch (Exception exception)
        {
            // A bug becomes a logged failure; the host delivers again by the trigger's rules.
            Log.Failed(logger, function.Name, id, exception);
        }

        var took = Stopwatch.GetElapsedTime(since);
        usage.Count(took);
        InvocationTelemetry.End(activity, function.Name, isDone, took);
        return isDone;
    }

    /// <summary>The host sends in chunks, without a length; what was read stays in the server's own buffers until it is understood.</summary>
    private static async Task<Invocation> ReadAsync(HttpRequest request, string function, string id, CancellationToken cancellationToken)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = InvocationReader.MaximumBytes;
        }

        ReadResult read;
        while (!(read = await request.BodyReader.ReadAsync(cancellationToken)).IsCompleted)
        {
            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }

        try
        {
            return InvocationReader.Read(function, id, read.Buffer);
        }
        finally
        {
            request.BodyReader.AdvanceTo(read.Buffer.End);
        }
    }

    private static class Log
    {
        private static readonly Func<ILogger, string, IDisposable?> InvocationScope =
            LoggerMessage.DefineScope<string>("invocation {InvocationId}");

        public static IDisposable? Invocation(ILogger logger, string invocationId) => InvocationScope(logger, invocationId);

        private static readonly Action<ILogger, string, string, string, Exception?> BadCallMessage = LoggerMessage.Define<string, string, string>(
            LogLevel.Error, new EventId(1001, nameof(BadCall)), "{Function} was called wrongly (invocation {InvocationId}): {Reason}");

        private static readonly Action<ILogger, string, TimeSpan, string, Exception?> TooLateMessage = LoggerMessage.Define<string, TimeSpan, string>(
            LogLevel.Error, new EventId(1002, nameof(TooLate)), "{Function} did not end within {Deadline} (invocation {InvocationId})");

        private static readonly Action<ILogger, string, string, Exception?> CutOffMessage = LoggerMessage.Define<string, string>(
            LogLevel.Warning, new EventId(1004, nameof(CutOff)), "The app ended while {Function} ran (invocation {InvocationId}); what it was called for comes again");

        private static readonly Action<ILogger, string, string, Exception?> FailedMessage = LoggerMessage.Define<string, string>(
            LogLevel.Error, new EventId(1003, nameof(Failed)), "{Function} failed (invocation {InvocationId})");

        public static void BadCall(ILogger logger, string function, string invocationId, string reason) => BadCallMessage(logger, function, invocationId, reason, null);

        public static void TooLate(ILogger logger, string function, string invocationId, TimeSpan deadline) => TooLateMessage(logger, function, deadline, invocationId, null);

        public static void CutOff(ILogger logger, string function, string invocationId) => CutOffMessage(logger, function, invocationId, null);

        public static void Failed(ILogger logger, string function, string invocationId, Exception exception) => FailedMessage(logger, function, invocationId, exception);
    }
}
