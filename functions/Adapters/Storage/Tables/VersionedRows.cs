using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Adapters.Storage.Tables;

/// <summary>
/// Entities that are written only if their version is the one that was read. The service compares tags and not versions, so the
/// tag of the version is used: the one seen with it here, or else the stored one when its version is right.
/// </summary>
/// <remarks>
/// An answer can get lost after the write has landed. The SDK then asks again, and is refused because of our own write. So a
/// refusal is believed only after a look at the entity: each write has an id, and ours may be there. If somebody has changed it
/// further meanwhile, ours is not found and counts as refused, which is the careful answer: who was refused does nothing.
/// </remarks>
internal sealed class VersionedRows(StateTable table)
{
    private const string Version = nameof(Version);
    private const string WriteId = nameof(WriteId);

    /// <summary>Each refusal with the right version stored means that somebody deleted the entity and made it anew in between.</summary>
    private const int Attempts = 5;

    /// <summary>More than a fleet has rows. Only speed is lost when tags are forgotten.</summary>
    private const int MostTags = 50_000;

    private readonly ConcurrentDictionary<(string Partition, string Row), (long Version, ETag Tag)> _tags = new();

    /// <exception cref="StateStoreException">It has none.</exception>
    public static long VersionOf(TableEntity entity) => entity.TryGetValue(Version, out var value) && value is long version
        ? version
        : throw new StateStoreException(
            $"The entry of partition {entity.PartitionKey} has no version. It was not written by this app: remove it, or name another table.");

    public async Task<TableEntity?> FindAsync(string partition, string row, CancellationToken cancellationToken)
    {
        var entity = await table.FindAsync(partition, row, cancellationToken).ConfigureAwait(false);
        return entity is null ? null : Seen(entity);
    }

    /// <summary>Remembers the tag of an entity that was read otherwise.</summary>
    public TableEntity Seen(TableEntity entity)
    {
        Remember(entity, VersionOf(entity), entity.ETag);
        return entity;
    }

    /// <summary>Writes the entity if the stored version is the one given (0: if there is none).</summary>
    public async Task<RowWrite> WriteAsync(TableEntity entity, long version, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid().ToString("N");
        entity[Version] = version + 1;
        entity[WriteId] = id;
        if (version == 0 && await table.TryInsertAsync(entity, cancellationToken).ConfigureAwait(false) is { } made)
        {
            return Written(entity, version, made);
        }

        var tag = version == 0 ? null : KnownTag(entity, version);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (tag is { } known && await table.TryReplaceAsync(entity, known, cancellationToken).ConfigureAwait(false) is { } replaced)
            {
                return Written(entity, version, replaced);
            }

            var stored = await FindAsync(entity.PartitionKey, entity.RowKey, cancellationToken).ConfigureAwait(false);
            if (stored?.GetString(WriteId) == id)
            {
                return new RowWrite.Written(version + 1);
            }

            if (version == 0 || stored is null || VersionOf(stored) != version)
            {
                return new RowWrite.Conflict();
            }

            tag = stored.ETag;
        }

        throw new StateStoreException($"An entry of partition {entity.PartitionKey} in table {table.Name} kept changing; please try again.");
    }

    private ETag? KnownTag(TableEntity entity, long version) =>
        _tags.TryGetValue((entity.PartitionKey, entity.RowKey), out var known) && known.Version == version ? known.Tag : null;

    private RowWrite.Written Written(TableEntity entity, long version, ETag tag)
    {
        Remember(entity, version + 1, tag);
        return new RowWrite.Written(version + 1);
    }

    private void Remember(TableEntity entity, long version, ETag tag)
    {
        if (_tags.Count >= MostTags)
        {
            _tags.Clear();
        }

        _tags[(entity.PartitionKey, entity.RowKey)] = (version, tag);
    }
}
