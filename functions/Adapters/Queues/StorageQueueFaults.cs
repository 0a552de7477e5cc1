using Azure;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.Adapters.Queues;

/// <summary>What the storage service's errors mean to a queue.</summary>
internal static class StorageQueueFaults
{
    // https://learn.microsoft.com/rest/api/storageservices/queue-service-error-codes
    private const string QueueNotFound = "QueueNotFound";
    private const string MessageNotFound = "MessageNotFound";
    private const string PopReceiptMismatch = "PopReceiptMismatch";

    public static bool IsQueueMissing(RequestFailedException exception) => exception.ErrorCode == QueueNotFound;

    public static bool IsReceiptLost(RequestFailedException exception) =>
        exception.ErrorCode is MessageNotFound or PopReceiptMismatch or QueueNotFound;

    public static WorkQueueException Explain(Exception exception, string queue) =>
        new($"The storage queue {queue} failed: {Describe(exception)}.", exception);

    // Unlike the resource manager, the storage service answers in XML; the SDK reads the code from it.
    private static string Describe(Exception exception) =>
        exception is RequestFailedException { Status: > 0 } failed
            ? $"status {failed.Status}, {failed.ErrorCode ?? "without a code"}"
            : AzureFaults.Describe(exception).TrimEnd('.');
}
