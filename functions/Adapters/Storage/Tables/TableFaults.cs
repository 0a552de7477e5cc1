using Azure;
using Azure.Data.Tables.Models;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Adapters.Storage.Tables;

/// <summary>Says of an error of the table service what happened, where, and what to do about it.</summary>
internal static class TableFaults
{
    public static bool IsTableMissing(RequestFailedException exception) => exception.ErrorCode == TableErrorCode.TableNotFound;

    /// <summary>By the service's own word: a 404 of something on the way must not look like a kill switch that was never set.</summary>
    public static bool IsEntityMissing(RequestFailedException exception) =>
        exception.ErrorCode == TableErrorCode.ResourceNotFound || exception.ErrorCode == TableErrorCode.EntityNotFound;

    public static StateStoreException Explain(Exception exception, string table) =>
        new(exception is RequestFailedException { Status: > 0 } failed
            ? $"The state in table {table} could not be read or written: status {failed.Status}, {failed.ErrorCode ?? "without a code"}. {Advice(failed)}"
            : $"The state in table {table} could not be read or written: {AzureFaults.Describe(exception).TrimEnd('.')}. {NothingWithout}", exception);

    private static string Advice(RequestFailedException failed) => failed.Status switch
    {
        401 or 403 => "Give the app's identity the role Storage Table Data Contributor on the table, and see whether the account's network rules let it in.",
        404 when IsTableMissing(failed) => "It was there before: restore it, or start the app again to begin with an empty one.",
        413 => "What was to be written is larger than the service takes.",
        _ => NothingWithout,
    };

    private const string NothingWithout = "Without it nothing is done; the next tick tries again.";
}
