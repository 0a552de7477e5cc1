using System.Text.Json;
using ScaleFunctions.App.Commands;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Local;

/// <summary>
/// Which Azure a state in a directory is of. Handles count in the time of that one, and what was learned of a simulated fleet is not
/// acted on in a real one. It stands in the state itself, so that a copy knows it too.
/// </summary>
internal sealed record StatePlace(bool IsAzure)
{
    private const string Partition = "state";
    private const string Key = "place";

    /// <summary>Whether it is of Azure itself; one that nobody marked is of a simulated one.</summary>
    public static async Task<bool> IsOfAzureAsync(IDocumentStore store, CancellationToken cancellationToken) =>
        await ReadAsync(store, cancellationToken) is { IsAzure: true };

    /// <summary>Makes sure that a state is of the Azure that is about to be used with it.</summary>
    /// <param name="store">The state.</param>
    /// <param name="directory">Where it lies, for people.</param>
    /// <param name="isAzure">Whether Azure itself is meant.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="UserErrorException">It is of the other one.</exception>
    public static async Task RequireAsync<TStore>(TStore store, string directory, bool isAzure, CancellationToken cancellationToken)
        where TStore : IStateStore, IDocumentStore
    {
        var place = await ReadAsync(store, cancellationToken);
        if (place is { IsAzure: true } && !isAzure)
        {
            throw new UserErrorException(
                $"the state in {directory} is of Azure itself, and a simulated one is meant; add --azure or --subscription, or name another directory with --state");
        }

        if (place is { IsAzure: false } && isAzure)
        {
            throw new UserErrorException(
                $"the state in {directory} is of a simulated Azure, and Azure itself is meant; name another directory with --state");
        }

        if (place is null && isAzure && await store.ReadFleetAsync(cancellationToken) is not { LastTickAt: null, PolicyVersion: "" })
        {
            throw new UserErrorException(
                $"the state in {directory} does not say of which Azure it is, so it counts as one that is of a simulated Azure, and Azure itself is meant; name another directory "
                + "with --state. If it is a copy of the state of a deployed app, copy that once more: 'state backup FILE --hosted' marks it, and 'state restore FILE DIR' keeps the mark");
        }
    }

    /// <summary>Marks a state that is used for the first time; a mark that is there stays.</summary>
    /// <param name="store">The state.</param>
    /// <param name="isAzure">Whether it is of Azure itself.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task MarkAsync(IDocumentStore store, bool isAzure, CancellationToken cancellationToken)
    {
        if (await store.ReadDocumentAsync(Partition, Key, cancellationToken) is null)
        {
            var json = JsonSerializer.Serialize(new StatePlace(isAzure), LocalJson.Default.StatePlace);
            await store.WriteDocumentAsync(new StoredDocument(Partition, Key, 0, json, DateTimeOffset.MaxValue), cancellationToken);
        }
    }

    private static async Task<StatePlace?> ReadAsync(IDocumentStore store, CancellationToken cancellationToken) =>
        (await store.ReadDocumentAsync(Partition, Key, cancellationToken))?.Read(LocalJson.Default.StatePlace);
}
