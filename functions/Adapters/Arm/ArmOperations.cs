using System.Text.Json;
using Azure;
using Azure.Core;
using ScaleFunctions.Core.Actions;

namespace ScaleFunctions.Adapters.Arm;

/// <summary>Reads how long-running operations stand. Whatever is not clearly an end is not one.</summary>
internal sealed class ArmOperations(ArmPipelines arm)
{
    public async Task<OperationReading> ReadAsync(Uri operation, CancellationToken cancellationToken)
    {
        if (!operation.IsAbsoluteUri || !arm.Hosts.IsManagement(operation))
        {
            return new OperationReading.Unreadable($"the operation is reported at {operation.OriginalString}, which gets no request of ours");
        }

        using var message = arm.Reads.CreateMessage();
        message.Request.Method = RequestMethod.Get;
        message.Request.Uri.Reset(OperationAddress.ToRequest(operation));
        message.Request.Headers.Add(HttpHeader.Common.JsonAccept);
        try
        {
            await arm.Reads.SendAsync(message, cancellationToken).ConfigureAwait(false);
            return OperationAddress.IsLocationForm(operation) ? FromLocation(message.Response) : FromStatus(message.Response);
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            return new OperationReading.Unreadable(AzureFaults.Describe(exception));
        }
    }

    /// <summary>The <c>Azure-AsyncOperation</c> form: the answer's <c>status</c> is the operation's.</summary>
    private static OperationReading FromStatus(Response response)
    {
        switch (response.Status)
        {
            // App Service names one address for both forms and answers there in the other one: accepted, and nothing to read
            // yet; then the plan, or nothing more to say.
            case 202 when response.Content.ToMemory().IsEmpty:
                return new OperationReading.Running();
            case 204:
                return new OperationReading.Succeeded();
            case not (200 or 202):
                return new OperationReading.Unreadable(ArmError.Parse(response).Describe());
        }

        using var document = JsonDocument.Parse(response.Content);
        return (Word(document.RootElement) ?? StateOf(document.RootElement)) is { } word
            ? Interpret(word, document.RootElement)
            : new OperationReading.Unreadable("the answer has no status");
    }

    /// <summary>The <c>Location</c> form: the HTTP status is the operation's, and a body may be anything.</summary>
    private static OperationReading FromLocation(Response response) => response.Status switch
    {
        202 => new OperationReading.Running(),
        204 => new OperationReading.Succeeded(),
        200 => FromLocationBody(response),
        _ => FromLocationError(ArmError.Parse(response)),
    };

    // This form reports a failed operation as an error of the request; what may be about the request itself proves nothing.
    private static OperationReading FromLocationError(ArmError error) =>
        error is { Status: 400 or 409 or 422, Code.Length: > 0 } ? Failed(error) : new OperationReading.Unreadable(error.Describe());

    // Some providers answer the other form's body here; where it says "Failed", the 200 is not a success.
    private static OperationReading FromLocationBody(Response response)
    {
        if (response.Content.ToMemory().IsEmpty)
        {
            return new OperationReading.Succeeded();
        }

        using var document = JsonDocument.Parse(response.Content);
        return Word(document.RootElement) is { } word ? Interpret(word, document.RootElement) : new OperationReading.Succeeded();
    }

    private static string? Word(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.String
            ? status.GetString()
            : null;

    /// <summary>What a resource says of itself that was answered in place of an operation.</summary>
    private static string? StateOf(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
            && root.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
            && properties.TryGetProperty("provisioningState", out var state) && state.ValueKind == JsonValueKind.String
            ? state.GetString()
            : null;

    private static OperationReading Interpret(string word, JsonElement root) => word.ToUpperInvariant() switch
    {
        "SUCCEEDED" => new OperationReading.Succeeded(),
        "FAILED" or "CANCELED" or "CANCELLED" => Failed(ArmError.Find(root, status: 0) ?? new ArmError(0, word, "")),
        "INPROGRESS" or "RUNNING" or "ACCEPTED" or "PENDING" or "CREATING" or "UPDATING" or "PROVISIONING" => new OperationReading.Running(),
        _ => new OperationReading.Unreadable(AzureFaults.OneLine($"the status '{word}' is not known")),
    };

    private static OperationReading.Failed Failed(ArmError error) => new(error.Class, error.Code, error.Message);
}
