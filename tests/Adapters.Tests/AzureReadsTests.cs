using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Connections;

namespace ScaleFunctions.Adapters.Tests;

/// <summary>What is registered for verbs that only read.</summary>
public sealed class AzureReadsTests : AzureTest
{
    [Fact]
    public void Nothing_that_writes_is_in_the_graph_of_services()
    {
        var services = new ServiceCollection().AddLogging().AddAzureReads(Connection(), []);
        using var provider = services.BuildServiceProvider();

        Assert.Empty(provider.GetServices<ITargetKind>());
        Assert.Null(provider.GetService<ArmWriter>());
        Assert.Throws<InvalidOperationException>(() => provider.GetRequiredService<ArmPipelines>().Writes);

        // Whatever is there can be made without a writer.
        Assert.DoesNotContain(services, service => Uses(service.ImplementationType ?? service.ServiceType, typeof(ArmWriter)));
        foreach (var port in (Type[])[typeof(ITargetInventory), typeof(IMetricSource), typeof(IAutoscaleSettings), typeof(IPriceSource)])
        {
            Assert.NotNull(provider.GetService(port));
        }
    }

    [Fact]
    public async Task What_is_no_read_is_refused_before_it_leaves()
    {
        var arm = Connect(connection => connection with { IsReadOnly = true });
        using var message = arm.Reads.CreateMessage();
        message.Request.Method = Azure.Core.RequestMethod.Patch;
        message.Request.Uri.Reset(ResourceAddress.Of(arm.Connection, Web, ApiVersions.ScaleSets));

        await Assert.ThrowsAsync<RefusedAddressException>(() => arm.Reads.SendAsync(message, Cancellation).AsTask());
        Assert.Empty(Received);
    }

    [Fact]
    public async Task Everything_an_assessment_asks_is_a_read()
    {
        await using var provider = new ServiceCollection().AddLogging().AddAzureReads(Connect().Connection, []).BuildServiceProvider();
        var seen = await provider.GetRequiredService<ITargetInventory>().ListAsync(Cancellation);
        var target = Assert.Single(Assert.IsType<InventoryReading.Complete>(seen).Targets);
        var now = Sandbox.Clock.GetUtcNow();
        var answers = await provider.GetRequiredService<IMetricSource>().ReadAsync(
            new MetricRequest([MonitoredResource.Of(target)], new() { Name = "Percentage CPU" }, now.AddHours(-1), now), Cancellation);

        Assert.IsType<MetricSeries.Received>(Assert.Single(answers).Value);
        Assert.Empty(Sandbox.Writes.All);
    }

    /// <summary>A rehearsal knows each kind as the worker that acts does, and has no way to write what it decides.</summary>
    [Fact]
    public async Task A_rehearsal_has_every_kind_and_no_way_to_write()
    {
        var services = new ServiceCollection().AddLogging().AddAzureRehearsal(Connect().Connection, []);
        await using var provider = services.BuildServiceProvider();
        await using var acting = new ServiceCollection().AddLogging().AddAzureAdapters(Connect().Connection, []).BuildServiceProvider();
        var kind = provider.GetServices<ITargetKind>().First(each => each.Serves(Web.ResourceType));

        Assert.Equal(acting.GetServices<ITargetKind>().Select(each => each.GetType()), provider.GetServices<ITargetKind>().Select(each => each.GetType()));
        Assert.Throws<InvalidOperationException>(() => provider.GetRequiredService<ArmPipelines>().Writes);
        var read = Assert.IsType<CapacityReading.Read>(await kind.ReadAsync(Web, Cancellation));
        await Assert.ThrowsAsync<InvalidOperationException>(() => kind.WriteAsync(new CapacityWrite(Web, read.Capacity + 1, read.ETag), Cancellation));
        Assert.Empty(Sandbox.Writes.All);
    }

    /// <summary>Whoever plans in a pipeline may often only read: what the worker may write is not asked of them.</summary>
    [Fact]
    public async Task A_rehearsal_takes_it_that_what_is_planned_may_be_written()
    {
        await using var provider = new ServiceCollection().AddLogging().AddAzureRehearsal(Connect().Connection, []).BuildServiceProvider();

        var granted = Assert.IsType<FactReading<GrantedActions>.Known>(
            await provider.GetRequiredService<IPermissionSource>().ReadPermissionsAsync(Web, $"{Web.ResourceType}/write", Cancellation));

        Assert.True(granted.Value.Allow($"{Web.ResourceType}/write"));
        Assert.DoesNotContain(Received, request => request.PathAndQuery.Contains("permissions", StringComparison.OrdinalIgnoreCase));
    }

    private static AzureConnection Connection() => new() { Credential = new SandboxCredential(), Time = TimeProvider.System };

    private static bool Uses(Type type, Type other) => type.GetConstructors(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic)
        .Any(constructor => constructor.GetParameters().Any(parameter => parameter.ParameterType == other));
}
