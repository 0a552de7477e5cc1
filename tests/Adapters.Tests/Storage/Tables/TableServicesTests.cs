using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ScaleFunctions.Adapters.Storage.Tables;
using ScaleFunctions.Core.State;
using ScaleFunctions.Sandbox.Connections;

namespace ScaleFunctions.Adapters.Tests.Storage.Tables;

public sealed class TableServicesTests
{
    [Fact]
    public void The_table_is_one_store_behind_the_three_ports()
    {
        using var provider = Build(services => services.AddTableState(new Uri("https://account.table.core.windows.net"), new SandboxCredential(), "state"));

        Assert.IsType<TableStateStore>(provider.GetRequiredService<IStateStore>());
        Assert.Same(provider.GetRequiredService<IStateStore>(), provider.GetRequiredService<IDocumentStore>());
        Assert.Same(provider.GetRequiredService<IStateStore>(), provider.GetRequiredService<IChangeFeed>());
    }

    [Fact]
    public void A_token_is_never_sent_without_tls()
    {
        using var provider = Build(services => services.AddTableState(new Uri("http://account.table.core.windows.net"), new SandboxCredential(), "state"));

        Assert.ThrowsAny<ArgumentException>(provider.GetRequiredService<IStateStore>);
    }

    [Fact]
    public void An_emulator_is_reached_by_its_connection_string()
    {
        using var provider = Build(services => services.AddTableState("UseDevelopmentStorage=true", "state"));

        Assert.IsType<TableStateStore>(provider.GetRequiredService<IChangeFeed>());
    }

    private static ServiceProvider Build(Action<IServiceCollection> add)
    {
        var services = new ServiceCollection()
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        add(services);
        return services.BuildServiceProvider();
    }
}
