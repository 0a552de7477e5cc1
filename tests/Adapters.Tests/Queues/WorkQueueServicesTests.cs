using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ScaleFunctions.Adapters.Queues;
using ScaleFunctions.Adapters.Tests.Storage;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Sandbox.Connections;

namespace ScaleFunctions.Adapters.Tests.Queues;

public sealed class WorkQueueServicesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void The_embedded_queues_are_one_instance_behind_both_ports_and_opened_when_asked_for()
    {
        using var provider = Build(services => services.AddSqliteWorkQueue(_directory.Path));
        Assert.Empty(Directory.GetFiles(_directory.Path));

        Assert.IsType<SqliteWorkQueue>(provider.GetRequiredService<IWorkQueue>());
        Assert.Same(provider.GetRequiredService<IWorkQueue>(), provider.GetRequiredService<IWorkSource>());
        Assert.True(File.Exists(_directory.File("queue.db")));
    }

    [Fact]
    public void The_storage_queues_are_one_instance_behind_both_ports()
    {
        using var provider = Build(services => services.AddStorageWorkQueue(new Uri("https://account.queue.core.windows.net"), new SandboxCredential()));

        Assert.IsType<StorageWorkQueue>(provider.GetRequiredService<IWorkQueue>());
        Assert.Same(provider.GetRequiredService<IWorkQueue>(), provider.GetRequiredService<IWorkSource>());
    }

    [Fact]
    public void A_token_is_never_sent_without_tls()
    {
        using var provider = Build(services => services.AddStorageWorkQueue(new Uri("http://account.queue.core.windows.net"), new SandboxCredential()));

        Assert.ThrowsAny<ArgumentException>(provider.GetRequiredService<IWorkQueue>);
    }

    [Fact]
    public void An_emulator_is_reached_by_its_connection_string()
    {
        using var provider = Build(services => services.AddStorageWorkQueue("UseDevelopmentStorage=true"));

        Assert.IsType<StorageWorkQueue>(provider.GetRequiredService<IWorkSource>());
    }

    private static ServiceProvider Build(Action<IServiceCollection> add)
    {
        var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        add(services);
        return services.BuildServiceProvider();
    }
}
