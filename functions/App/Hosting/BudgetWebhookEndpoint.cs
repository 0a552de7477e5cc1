using System.Text;
using System.Text.Json;
using ScaleFunctions.App.Hosting.Api;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting;

/// <summary>
/// What an action group calls when Azure thinks that a budget is over (<c>BudgetWebhook</c>). The Functions host lets nobody in without
/// the function's key; what comes is only published as a hint, and answered fast, because an action group gives up after seconds.
/// </summary>
internal sealed class BudgetWebhookEndpoint(IBudgetEvents events, IDocumentStore documents, CallLimits limits, TimeProvider time, ILogger<BudgetWebhookEndpoint> logger)
{
    /// <summary>Where it is.</summary>
    public const string Address = "/hooks/budget";

    /// <summary>Azure's bodies have about a kilobyte.</summary>
    private const int LargestBody = 16 * 1024;

    private const string Unread = "budget-hooks";

    /// <summary>Bodies nobody understands that are kept; they are for a person to look at, and a few say as much as many.</summary>
    private const int MostKept = 20;

    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(14);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Address, AnswerAsync);

    internal async Task AnswerAsync(HttpContext context)
    {
        if (limits.Wait(context.Request) is { } wait)
        {
            context.Response.Headers.RetryAfter = CallLimits.Header(wait);
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        deadline.CancelAfter(Longest);
        context.Response.StatusCode = await TakeAsync(context.Request, deadline.Token);
    }

    private async Task<int> TakeAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var buffer = new byte[LargestBody + 1];
        try
        {
            if (request.ContentLength > LargestBody || await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken) is var length && length > LargestBody)
            {
                return StatusCodes.Status413PayloadTooLarge;
            }

            switch (BudgetNotice.Read(buffer.AsSpan(0, length)))
            {
                case BudgetNotice.OfBudget notice:
                    await events.PublishAsync(notice.Id, notice.Signal, time.GetUtcNow(), cancellationToken);
                    return StatusCodes.Status202Accepted;
                case BudgetNotice.Unknown unknown:
                    if (await KeepAsync(unknown.Id, buffer.AsMemory(0, length), cancellationToken))
                    {
                        Log.Unknown(logger, length, unknown.Id);
                    }
                    else
                    {
                        Log.NotKept(logger, length, MostKept);
                    }

                    return StatusCodes.Status202Accepted;
            }
        }
        catch (Exception exception) when (exception is BudgetEventException or StateStoreException)
        {
            // An action group calls again; nothing is lost by it, and the fast clock looks at budgets by itself.
            Log.Failed(logger, exception);
        }
        catch (IOException)
        {
            Log.Broken(logger);
            return StatusCodes.Status400BadRequest;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Log.TooSlow(logger, Longest);
        }

        return StatusCodes.Status503ServiceUnavailable;
    }

    /// <returns>Whether it is kept, now or since it came before.</returns>
    private async Task<bool> KeepAsync(string id, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var kept = (await documents.ListDocumentsAsync(Unread, cancellationToken)).Where(document => now < document.ExpiresAt).ToList();
        if (kept.Count >= MostKept)
        {
            return kept.Exists(document => document.Key == id);
        }

        // What came before is there, and a write that takes it for new changes nothing.
        var json = JsonSerializer.Serialize(Encoding.UTF8.GetString(body.Span), CycleJson.Default.String);
        await documents.WriteDocumentAsync(new StoredDocument(Unread, id, 0, json, now + KeptFor), cancellationToken);
        return true;
    }

    private static class Log
    {
        private static readonly Action<ILogger, int, string, Exception?> UnknownMessage = LoggerMessage.Define<int, string>(
            LogLevel.Warning, new EventId(1181, nameof(Unknown)), "The webhook of budgets was sent {Length} bytes of no known schema; they are kept for two weeks as {Key}, and nothing was done");

        private static readonly Action<ILogger, int, int, Exception?> NotKeptMessage = LoggerMessage.Define<int, int>(
            LogLevel.Warning, new EventId(1185, nameof(NotKept)), "The webhook of budgets was sent {Length} bytes of no known schema; {Most} such are kept already, so these are not, and nothing was done");

        private static readonly Action<ILogger, Exception?> FailedMessage = LoggerMessage.Define(
            LogLevel.Error, new EventId(1182, nameof(Failed)), "What the webhook of budgets was sent could not be passed on");

        private static readonly Action<ILogger, Exception?> BrokenMessage = LoggerMessage.Define(
            LogLevel.Warning, new EventId(1184, nameof(Broken)), "What the webhook of budgets was sent broke off; nothing was done");

        private static readonly Action<ILogger, TimeSpan, Exception?> TooSlowMessage = LoggerMessage.Define<TimeSpan>(
            LogLevel.Error, new EventId(1183, nameof(TooSlow)), "What the webhook of budgets was sent could not be passed on within {Longest}");

        public static void Unknown(ILogger logger, int length, string key) => UnknownMessage(logger, length, key, null);

        public static void NotKept(ILogger logger, int length, int most) => NotKeptMessage(logger, length, most, null);

        public static void Failed(ILogger logger, Exception exception) => FailedMessage(logger, exception);

        public static void Broken(ILogger logger) => BrokenMessage(logger, null);

        public static void TooSlow(ILogger logger, TimeSpan longest) => TooSlowMessage(logger, longest, null);
    }
}
