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
        (await store.ReadDocumentAsync(Partition, Key, cancellationToken))?.Read(LocalJson.Default.StatePlace) is { IsAzure: true };

    /// <summary>Makes sure that a state is of the Azure that is about to be used with it.</summary>
    /// <param name="store">The state.</param>
    /// <param name="directory">Where it lies, for people.</param>
    /// <param name="isAzure">Whether Azure itself is meant.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="UserErrorException">It is of the other one.</exception>
    public static async Task RequireAsync<TStore>(TStore store, string directory, bool isAzure, CancellationToken cancellationToken)
        where TStore : IStateStore, IDocumentStore
    {
        var isOfAzure = await IsOfAzureAsync(store, cancellationToken);
        if (isOfAzure && !isAzure)
        {
            throw new UserErrorException(
                $"the state in {directory} is of Azure itself, and a simulated one is meant; add --azure or --subscription, or name another directory with --state");
        }

        if (isAzure && !isOfAzure && (await store.ReadFleetAsync(cancellationToken)).LastTickAt is not null)
        {
            throw new UserErrorException(
                $"the state in {directory} is of a simulated Azure, and Azure itself is meant; name another directory with --state");
        }
    }

    /// <summary>Marks a state that is used with Azure itself for the first time.</summary>
    public static async Task MarkAsync(IDocumentStore store, CancellationToken cancellationToken)
    {
        if (!await IsOfAzureAsync(store, cancellationToken))
        {
            var json = JsonSerializer.Serialize(new StatePlace(IsAzure: true), LocalJson.Default.StatePlace);
            await store.WriteDocumentAsync(new StoredDocument(Partition, Key, 0, json, DateTimeOffset.MaxValue), cancellationToken);
        }
    }
}
