using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.App.Local;

namespace ScaleFunctions.App.Commands;

/// <summary>Which estate a verb that only reads looks at.</summary>
internal sealed record EstatePlace
{
    /// <summary>Whether Azure is meant, with the credentials of this machine.</summary>
    public bool IsAzure { get; init; }

    /// <summary>Subscriptions of Azure; all that the identity sees when empty.</summary>
    public IReadOnlyList<string> Subscriptions { get; init; } = [];

    /// <summary>A fresh simulated estate of this name; absent: the running local mode, else the usual one.</summary>
    public string? Estate { get; init; }

    /// <summary>A sandbox of another process.</summary>
    public string? Sandbox { get; init; }

    /// <summary>Faults that a fresh simulated Azure shall show.</summary>
    public string? Faults { get; init; }

    public string? State { get; init; }

    /// <summary>Opens it, uses it, and closes it again.</summary>
    /// <returns>What came of it, and what was looked at, for people.</returns>
    public async Task<(T Result, string Where)> UseAsync<T>(Func<AzureConnection, Task<T>> use, CancellationToken cancellationToken)
    {
        if (IsAzure)
        {
            var connection = new AzureConnection { Credential = AzureCredentials.SignedIn(), Time = TimeProvider.System };
            return (await use(connection), Subscriptions.Count == 0 ? "Azure" : $"Azure, {Subscriptions.Count} subscriptions");
        }

        if (Sandbox is { } sandbox)
        {
            await using var other = await SimulatedAzure.ConnectAsync(SandboxAddress.Parse(sandbox), cancellationToken);
            return (await use(other.Connection), "a simulated Azure of another process");
        }

        await using var view = Estate is null ? await LocalView.OpenAsync(State, cancellationToken) : null;
        if (view?.Azure is { } running)
        {
            return (await use(running.Connection), "the simulated Azure of the running local mode");
        }

        var estate = Estate ?? EstateNames.Shop;
        Terminal.Note($"on a fresh simulated Azure, the estate {estate}; name --azure or --subscription for a real one");
        var settings = new LocalSettings { Speed = 0, Port = 0, Policies = "", Estate = estate, Faults = Faults };
        await using var fresh = await SimulatedAzure.StartAsync(settings, null, new Dictionary<string, int>(), cancellationToken);
        return (await use(fresh.Connection), $"a simulated Azure, the estate {estate}");
    }
}
