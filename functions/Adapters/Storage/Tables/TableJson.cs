using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Data.Tables;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Adapters.Storage.Tables;

/// <summary>Reads an entity's JSON.</summary>
internal static class TableJson
{
    /// <exception cref="StateStoreException">It is not readable.</exception>
    public static T Parse<T>(TableEntity entity, JsonTypeInfo<T> type, string table)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(TableContent.Get(entity), type) ?? throw new JsonException("null");
        }
        catch (JsonException exception)
        {
            // Not the parser's message, which can repeat what is there.
            throw new StateStoreException(
                $"An entry of partition {entity.PartitionKey} in table {table} is not readable (at byte {exception.BytePositionInLine}). Put it back from a "
                + "backup, or remove it.",
                exception);
        }
    }
}
