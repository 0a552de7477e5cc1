using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.ResourceManager;
using Azure.ResourceManager.Compute;
using Azure.ResourceManager.Compute.Models;
using ScaleFunctions.Sandbox.Connections;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Sandbox.Tests.Arm;

/// <summary>The SDK as it is, over the real host names.</summary>
public sealed class RealSdkTests
{
    [Fact]
    public async Task Lists_all_pages_of_a_subscription()
    {
        await using var host = await SandboxHost.StartAsync(options => options with
        {
            PageSize = 3,
            Estate = new EstateSpec([.. Enumerable.Range(0, 10).Select(i => SandboxHost.Service($"s{i}"))]),
        });
        var subscription = Client(host).GetSubscriptionResource(new ResourceIdentifier($"/subscriptions/{SandboxHost.Subscription}"));
        var names = new List<string>();
        await foreach (var scaleSet in subscription.GetVirtualMachineScaleSetsAsync(cancellationToken: SandboxHost.Cancel))
        {
            names.Add(scaleSet.Data.Name);
        }

        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"s{i}"), names);
        Assert.Equal(4, host.Server.Requests.Total);
        Assert.Empty(host.Server.Requests.Unexpected);
    }

    [Fact]
    public async Task Finds_subscriptions_and_groups()
    {
        await using var host = await SandboxHost.StartAsync();
        var client = Client(host);
        var found = new List<string>();
        await foreach (var subscription in client.GetSubscriptions().GetAllAsync(SandboxHost.Cancel))
        {
            found.Add(subscription.Data.SubscriptionId);
            var group = await subscription.GetResourceGroupAsync("shop", SandboxHost.Cancel);
            Assert.Equal("westeurope", group.Value.Data.Location.Name);
        }

        Assert.Equal([SandboxHost.Subscription], found);
        Assert.Empty(host.Server.Requests.Unexpected);
    }

    [Fact]
    public async Task Reads_a_scale_set_and_its_instance_view()
    {
        await using var host = await SandboxHost.StartAsync();
        var resource = Client(host).GetVirtualMachineScaleSetResource(new ResourceIdentifier(SandboxHost.Web.Value));
        var data = (await resource.GetAsync(cancellationToken: SandboxHost.Cancel)).Value.Data;
        var view = (await resource.GetInstanceViewAsync(SandboxHost.Cancel)).Value;

        Assert.Equal(("Standard_D4s_v5", 5L, "Succeeded"), (data.Sku.Name, data.Sku.Capacity!.Value, data.ProvisioningState));
        Assert.Equal(["1", "2"], data.Zones);
        Assert.Equal(OrchestrationMode.Uniform, data.OrchestrationMode);
        Assert.Equal(("ProvisioningState/succeeded", 5), (view.VirtualMachineStatusesSummary[0].Code, view.VirtualMachineStatusesSummary[0].Count!.Value));
    }

    [Fact]
    public async Task The_typed_update_reaches_the_scale_set()
    {
        await using var host = await SandboxHost.StartAsync();
        var resource = Client(host).GetVirtualMachineScaleSetResource(new ResourceIdentifier(SandboxHost.Web.Value));
        await resource.UpdateAsync(
            WaitUntil.Started,
            new VirtualMachineScaleSetPatch { Sku = new ComputeSku { Capacity = 7 } },
            SandboxHost.Cancel);

        Assert.Equal(7, Assert.Single(host.Server.Writes.Effective).CapacityAfter);
    }

    [Fact]
    public async Task Back_off_is_charged_to_simulated_time_and_not_waited_for()
    {
        await using var host = await SandboxHost.StartAsync();
        host.Server.Faults.Add(new FaultRule { Effect = new Throttle(3600), Times = 2 });
        var resource = Client(host).GetVirtualMachineScaleSetResource(new ResourceIdentifier(SandboxHost.Web.Value));
        await resource.GetAsync(cancellationToken: SandboxHost.Cancel);

        Assert.Equal(SandboxHost.Start.AddHours(2), host.Server.Clock.GetUtcNow());
        Assert.Equal((3, 2), (host.Server.Requests.Total, host.Server.Requests.Throttled));
    }

    [Fact]
    public async Task Without_Retry_After_the_exponential_back_off_is_charged()
    {
        await using var host = await SandboxHost.StartAsync();
        host.Server.Faults.Add(new FaultRule { Effect = new AnswerWith(503), Times = 3 });
        var resource = Client(host).GetVirtualMachineScaleSetResource(new ResourceIdentifier(SandboxHost.Web.Value));
        await resource.GetAsync(cancellationToken: SandboxHost.Cancel);

        Assert.Equal(SandboxHost.Start.AddSeconds(0.8 + 1.6 + 3.2), host.Server.Clock.GetUtcNow());
    }

    [Fact]
    public async Task A_dropped_read_is_retried_and_its_back_off_charged()
    {
        await using var host = await SandboxHost.StartAsync();
        var resource = Client(host).GetVirtualMachineScaleSetResource(new ResourceIdentifier(SandboxHost.Web.Value));
        host.Server.Faults.Add(new FaultRule { Effect = new TruncateAnswer(10), Times = 1 });
        await resource.GetAsync(cancellationToken: SandboxHost.Cancel);

        Assert.Equal(SandboxHost.Start.AddSeconds(0.8), host.Server.Clock.GetUtcNow());
        Assert.Equal(2, host.Server.Requests.Total);
    }

    [Fact]
    public async Task When_the_client_gives_up_the_last_Retry_After_is_seen_and_not_charged()
    {
        await using var host = await SandboxHost.StartAsync();
        host.Server.Faults.Set(new Throttle(100));
        var resource = Client(host).GetVirtualMachineScaleSetResource(new ResourceIdentifier(SandboxHost.Web.Value));
        var exception = await Assert.ThrowsAsync<RequestFailedException>(() => resource.GetAsync(cancellationToken: SandboxHost.Cancel));

        Assert.Equal(429, exception.Status);
        Assert.True(exception.GetRawResponse()!.Headers.TryGetValue("Retry-After", out var seconds));
        Assert.Equal("100", seconds);
        Assert.Equal(SandboxHost.Start.AddSeconds(300), host.Server.Clock.GetUtcNow());
        Assert.Equal(4, host.Server.Requests.Total);
    }

    private static ArmClient Client(SandboxHost host) => new(
        new SandboxCredential(),
        SandboxHost.Subscription,
        new ArmClientOptions
        {
            Transport = new HttpClientTransport(new HttpClient(host.Server.Connection.CreateHandler(host.Server.Clock))),
            RetryPolicy = new RetryPolicy(maxRetries: 3, new PacedDelay()),
        });
}
