using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.App.Hosting;

namespace ScaleFunctions.App.Local;

/// <summary>What a worker on this machine is made of.</summary>
/// <param name="Name">Its name: the actor in the journal.</param>
/// <param name="Directory">Policy files.</param>
/// <param name="Policies">What was read of them.</param>
/// <param name="State">Where state lies.</param>
/// <param name="Store">The state, opened.</param>
/// <param name="Azure">How Azure, or the sandbox, is reached.</param>
internal sealed record WorkerSetup(string Name, string Directory, PolicySnapshot Policies, string State, SqliteStateStore Store, AzureConnection Azure)
{
    /// <summary>Subscription ids to look at; all that the identity sees when empty.</summary>
    public IReadOnlyList<string> Subscriptions { get; init; } = [];

    /// <summary>Takes what people should know of policies.</summary>
    public required Action<string> Tell { get; init; }
}
