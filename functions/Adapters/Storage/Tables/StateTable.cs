using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Microsoft.Extensions.Logging;
using ScaleFunctions.Adapters.Arm;

namespace ScaleFunctions.Adapters.Storage.Tables;

/// <summary>
/// The table, with the five things that are done to it. A table that is missing at the first call is made; one that goes missing
/// later is a fault, because an empty state would also be one without a kill switch.
/// </summary>
internal sealed class StateTable(TableClient client, ILogger logger)
{
    private const int PreconditionFailed = 412;
    private const int Conflict = 409;

    private volatile bool _wasSeen;

    public string Name => client.Name;

    public Task<TableEntity?> FindAsync(string partition, string row, CancellationToken cancellationToken) => CallAsync<TableEntity?>(
        async () =>
        {
            try
            {
                return (await client.GetEntityAsync<TableEntity>(partition, row, cancellationToken: cancellationToken).ConfigureAwait(false)).Value;
            }
            catch (RequestFailedException exception) when (TableFaults.IsEntityMissing(exception))
            {
                return null;
            }
        },
        cancellationToken);

    /// <summary>Adds an entity; nothing when its keys are taken.</summary>
    public Task<ETag?> TryInsertAsync(TableEntity entity, CancellationToken cancellationToken) => CallAsync<ETag?>(
        async () =>
        {
            try
            {
                return (await client.AddEntityAsync(entity, cancellationToken).ConfigureAwait(false)).Headers.ETag;
            }
            catch (RequestFailedException exception) when (exception.Status == Conflict && exception.ErrorCode == TableErrorCode.EntityAlreadyExists)
            {
                return null;
            }
        },
        cancellationToken);

    /// <summary>Replaces the entity of this tag; nothing when it has another one or is gone.</summary>
    public Task<ETag?> TryReplaceAsync(TableEntity entity, ETag tag, CancellationToken cancellationToken) => CallAsync<ETag?>(
        async () =>
        {
            try
            {
                return (await client.UpdateEntityAsync(entity, tag, TableUpdateMode.Replace, cancellationToken).ConfigureAwait(false)).Headers.ETag;
            }
            catch (RequestFailedException exception) when (IsChanged(exception))
            {
                return null;
            }
        },
        cancellationToken);

    /// <summary>Removes an entity that has this tag, or any with <see cref="ETag.All"/>.</summary>
    public Task DeleteAsync(string partition, string row, ETag tag, CancellationToken cancellationToken) => CallAsync<bool>(
        async () =>
        {
            try
            {
                await client.DeleteEntityAsync(partition, row, tag, cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (RequestFailedException exception) when (IsChanged(exception))
            {
                return false;
            }
        },
        cancellationToken);

    /// <summary>Goes through what a filter finds, in the order of keys and over as many pages as there are, until told to stop.</summary>
    /// <param name="filter">On the keys, so that the service reads a range and not the table.</param>
    /// <param name="select">The properties wanted; all when absent.</param>
    /// <param name="pageSize">At most so many at a time.</param>
    /// <param name="take">Gets each entity; false ends it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public Task VisitAsync(
        string filter, IEnumerable<string>? select, int? pageSize, Func<TableEntity, bool> take, CancellationToken cancellationToken) => CallAsync<bool>(
        async () =>
        {
            await foreach (var entity in client.QueryAsync<TableEntity>(filter, pageSize, select, cancellationToken).ConfigureAwait(false))
            {
                if (!take(entity))
                {
                    return false;
                }
            }

            return true;
        },
        cancellationToken);

    /// <summary>One page of what a filter finds, and where the next one begins.</summary>
    public Task<(IReadOnlyList<TableEntity> Entities, string? Next)> PageAsync(
        string filter, IEnumerable<string>? select, string? from, CancellationToken cancellationToken) =>
        CallAsync<(IReadOnlyList<TableEntity>, string?)>(
            async () =>
            {
                var query = client.QueryAsync<TableEntity>(filter, maxPerPage: null, select, cancellationToken);
                await foreach (var page in query.AsPages(from).ConfigureAwait(false))
                {
                    return (page.Values, page.ContinuationToken);
                }

                return ([], null);
            },
            cancellationToken);

    private static bool IsChanged(RequestFailedException exception) =>
        exception.Status == PreconditionFailed || TableFaults.IsEntityMissing(exception);

    private async Task<T> CallAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var answer = await CallOrMakeAsync(call, cancellationToken).ConfigureAwait(false);
            _wasSeen = true;
            return answer;
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            throw TableFaults.Explain(exception, client.Name);
        }
    }

    private async Task<T> CallOrMakeAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (RequestFailedException exception) when (!_wasSeen && TableFaults.IsTableMissing(exception))
        {
            Log.Made(logger, client.Name);
            await client.CreateIfNotExistsAsync(cancellationToken).ConfigureAwait(false);
            return await call().ConfigureAwait(false);
        }
    }

    private static class Log
    {
        private static readonly Action<ILogger, string, Exception?> MadeMessage = LoggerMessage.Define<string>(
            LogLevel.Warning, new EventId(3201, nameof(Made)), "The table {Table} is not there and is made now: the app begins without any state, kill switch and pauses included");

        public static void Made(ILogger logger, string table) => MadeMessage(logger, table, null);
    }
}
