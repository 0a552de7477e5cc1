using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Inventory;
using ScaleFunctions.Adapters.Tests.Storage;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Connections;

namespace ScaleFunctions.Adapters.Tests;

public sealed class AdapterServicesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(typeof(ITargetKind))]
    [InlineData(typeof(ITargetInventory))]
    [InlineData(typeof(ITargetList))]
    [InlineData(typeof(IMetricSource))]
    [InlineData(typeof(ISizeSource))]
    [InlineData(typeof(IStateStore))]
    public void Every_implementation_of_a_port_is_in_the_catalogue(Type port)
    {
        using var provider = Build();
        // Lists of kinds that policies declare are made when the policies are known.
        var written = typeof(AdapterServices).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(port) && type != typeof(DeclaredList));

        Assert.NotEmpty(written);
        Assert.Equal(written.ToHashSet(), provider.GetServices(port).Select(service => service!.GetType()).ToHashSet());
    }

    [Fact]
    public void No_two_kinds_handle_the_same_type_of_resource()
    {
        using var provider = Build();
        var kinds = provider.GetServices<ITargetKind>().ToList();

        Assert.All(
            (string[])["Microsoft.Compute/virtualMachineScaleSets", "Microsoft.Web/serverfarms", "microsoft.insights/autoscalesettings"],
            type => Assert.Single(kinds, kind => kind.Serves(type)));
        Assert.DoesNotContain(kinds, kind => kind.Serves("Microsoft.Search/searchServices"));
    }

    private ServiceProvider Build() => new ServiceCollection()
        .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
        .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
        .AddAzureAdapters(new AzureConnection { Credential = new SandboxCredential(), Time = TimeProvider.System }, [])
        .AddSqliteState(_directory.Path)
        .AddTableState("UseDevelopmentStorage=true", "state")
        .BuildServiceProvider();
}
