using Microsoft.Extensions.Logging.Abstractions;
using ScaleFunctions.Adapters;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.App.Commands;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting;

/// <summary>The state in an Azure table that the settings of a hosted app name, opened from a command line.</summary>
internal sealed class HostedStores : IDisposable
{
    private readonly ServiceProvider _services;

    private HostedStores(ServiceProvider services, string name) => (_services, Name) = (services, name);

    /// <summary>The table's name.</summary>
    public string Name { get; }

    public IStateStore Rows => _services.GetRequiredService<IStateStore>();

    public IDocumentStore Documents => _services.GetRequiredService<IDocumentStore>();

    public IDocumentListing Listing => _services.GetRequiredService<IDocumentListing>();

    public IChangeFeed Feed => _services.GetRequiredService<IChangeFeed>();

    /// <summary>Opens what <c>StateStorage</c> and its like in the environment name, as whoever is signed in.</summary>
    /// <exception cref="UserErrorException">They name no table.</exception>
    public static HostedStores Open()
    {
        var services = new ServiceCollection().AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddLogging();
        switch (HostedState.Read(new ConfigurationBuilder().AddEnvironmentVariables().Build()))
        {
            case HostedState.Table table:
                services.AddTableState(table.Service, AzureCredentials.SignedIn(), table.Name);
                return new HostedStores(services.BuildServiceProvider(), table.Name);
            case HostedState.TableByKey table:
                services.AddTableState(table.ConnectionString, table.Name);
                return new HostedStores(services.BuildServiceProvider(), table.Name);
            default:
                throw new UserErrorException(
                    "--hosted needs the app's settings in the environment: StateStorage__tableServiceUri (https://ACCOUNT.table.core.windows.net) or StateStorage, "
                    + "and StateStorage__table where the table is not named 'state'");
        }
    }

    public void Dispose() => _services.Dispose();
}
