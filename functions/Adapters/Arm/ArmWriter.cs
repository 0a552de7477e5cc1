using Azure;
using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Logging;
using ScaleFunctions.Adapters.Throttling;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Arm;

/// <summary>
/// Sends a write once and says what is then known. Our own client, because the SDK's typed update throws on a 202, hides the
/// operation's address and cannot be taken up again after a restart (ADR 0002).
/// </summary>
internal sealed class ArmWriter(ArmPipelines arm, ILogger<ArmWriter> logger)
{
    public async Task<WriteResult> PatchAsync(
        TargetId target, string apiVersion, string? ifMatch, BinaryData body, CancellationToken cancellationToken)
    {
        using var message = Message(RequestMethod.Patch, target, apiVersion, ifMatch, body);
        return await SendAsync(target, message, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Replaces a resource. Where its API knows no precondition, the caller has compared it with what it expects.</summary>
    public async Task<WriteResult> PutAsync(
        TargetId target, string apiVersion, BinaryData body, CancellationToken cancellationToken, string? ifMatch = null)
    {
        using var message = Message(RequestMethod.Put, target, apiVersion, ifMatch, body);
        return await SendAsync(target, message, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks a resource to do something that needs no body. The caller has compared it with what it expects.</summary>
    /// <param name="target">The resource.</param>
    /// <param name="action">One of ours: <c>start</c>, <c>deallocate</c>. Never text of anybody else's.</param>
    /// <param name="apiVersion">Version of its API.</param>
    /// <param name="cancellationToken">Ends the wait for an answer.</param>
    public Task<WriteResult> PostAsync(TargetId target, string action, string apiVersion, CancellationToken cancellationToken) =>
        PostAsync(target, action, apiVersion, body: null, cancellationToken);

    /// <summary>Asks a resource to do something. The caller has compared it with what it expects.</summary>
    /// <param name="target">The resource.</param>
    /// <param name="action">One of ours: <c>manualupgrade</c>. Never text of anybody else's.</param>
    /// <param name="apiVersion">Version of its API.</param>
    /// <param name="body">What is to be done; absent where the action says it all.</param>
    /// <param name="cancellationToken">Ends the wait for an answer.</param>
    public async Task<WriteResult> PostAsync(
        TargetId target, string action, string apiVersion, BinaryData? body, CancellationToken cancellationToken)
    {
        using var message = arm.Writes.CreateMessage();
        var address = new UriBuilder(ResourceAddress.Of(arm.Connection, target, apiVersion));
        address.Path = $"{address.Path}/{action}";
        message.Request.Method = RequestMethod.Post;
        message.Request.Uri.Reset(address.Uri);
        message.Request.Headers.Add(HttpHeader.Common.JsonAccept);
        if (body is not null)
        {
            message.Request.Headers.Add(HttpHeader.Common.JsonContentType);
            message.Request.Content = RequestContent.Create(body);
        }

        return await SendAsync(target, message, cancellationToken).ConfigureAwait(false);
    }

    private HttpMessage Message(RequestMethod method, TargetId target, string apiVersion, string? ifMatch, BinaryData body)
    {
        var message = arm.Writes.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(ResourceAddress.Of(arm.Connection, target, apiVersion));
        message.Request.Headers.Add(HttpHeader.Common.JsonContentType);
        message.Request.Headers.Add(HttpHeader.Common.JsonAccept);
        message.Request.Content = RequestContent.Create(body);
        if (ifMatch is not null)
        {
            message.Request.Headers.Add("If-Match", ifMatch);
        }

        return message;
    }

    private async Task<WriteResult> SendAsync(TargetId target, HttpMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await arm.Writes.SendAsync(message, cancellationToken).ConfigureAwait(false);
            return Interpret(target, message.Response);
        }
        catch (AuthenticationFailedException exception)
        {
            // Without a token nothing left the house.
            return new WriteResult.Rejected(FailureClass.Other, "AuthenticationFailed", AzureFaults.Describe(exception));
        }
        catch (RequestDeferredException exception)
        {
            // Nor did it here: Azure had told to leave it alone for a while.
            return new WriteResult.Rejected(FailureClass.Throttled, "Deferred", AzureFaults.Describe(exception));
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            return new WriteResult.Unknown(AzureFaults.Describe(exception));
        }
    }

    private WriteResult Interpret(TargetId target, Response response)
    {
        switch (response.Status)
        {
            case >= 200 and < 300:
                return new WriteResult.Accepted(Operation(target, response));
            case 412:
                return new WriteResult.Stale();
            case >= 400 and < 500 and not 408:
                var error = ArmError.Parse(response);
                return new WriteResult.Rejected(error.Class, error.Code, error.Message);
            default:
                // A gateway may have given up on a server that had not: 408, any 5xx and what is no answer to a write prove nothing.
                return new WriteResult.Unknown(ArmError.Parse(response).Describe());
        }
    }

    private Uri? Operation(TargetId target, Response response)
    {
        var address = OperationAddress.Of(response);
        if (address is null || arm.Hosts.IsManagement(address))
        {
            return address;
        }

        Log.OperationRefused(logger, target.Value, address.Host);
        return null;
    }

    private static class Log
    {
        private static readonly Action<ILogger, string, string, Exception?> OperationRefusedMessage = LoggerMessage.Define<string, string>(
            LogLevel.Warning, new EventId(3001, nameof(OperationRefused)), "The operation on {Target} is reported at {Host}, which gets no request of ours; the resource itself will tell how it ends");

        public static void OperationRefused(ILogger logger, string target, string host) => OperationRefusedMessage(logger, target, host, null);
    }
}
