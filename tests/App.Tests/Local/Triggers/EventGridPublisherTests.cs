using Azure;
using Azure.Messaging;
using Azure.Messaging.EventGrid;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.App.Local.Triggers;
using ScaleFunctions.App.Tests.Hosting;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Tests.Local.Triggers;

/// <summary>Azure's own publisher, as it is, to the function that takes the events of resources.</summary>
public sealed class EventGridPublisherTests
{
    private static readonly BinaryData Change = BinaryData.FromString(
        $$"""{"resourceUri":"{{RunningHandler.Api}}","operationName":"Microsoft.Compute/virtualMachineScaleSets/write","status":"Succeeded"}""");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_that_the_publisher_sends_marks_its_resource()
    {
        await using var handler = await RunningHandler.StartAsync();
        using var host = await TickedAsync(handler);
        await using var topic = await EventTopic.StartAsync(host, "ResourceEvent", Cancellation);
        var change = new EventGridEvent(RunningHandler.Api.Value, "Microsoft.Resources.ResourceWriteSuccess", "2", Change)
        {
            EventTime = RunningHandler.Start.AddMinutes(1),
        };

        await Publisher(topic, EventTopic.Key).SendEventsAsync([change], Cancellation);
        await Publisher(topic, EventTopic.Key).SendEventAsync(change, Cancellation);

        Assert.Equal(["Marked", "Repeated"], Outcomes(handler));
        Assert.Equal("Microsoft.Compute/virtualMachineScaleSets/write at 09:01:00", await MarkAsync(handler));
    }

    [Fact]
    public async Task A_cloud_event_that_the_publisher_sends_marks_its_resource()
    {
        await using var handler = await RunningHandler.StartAsync();
        using var host = await TickedAsync(handler);
        await using var topic = await EventTopic.StartAsync(host, "ResourceEvent", Cancellation);
        var change = new CloudEvent(
            $"/subscriptions/{RunningHandler.Api.Subscription}", "Microsoft.Resources.ResourceWriteSuccess", Change, "application/json", CloudEventDataFormat.Json)
        {
            Subject = RunningHandler.Api.Value,
            Time = RunningHandler.Start.AddMinutes(2),
        };

        await Publisher(topic, EventTopic.Key).SendEventAsync(change, Cancellation);

        Assert.Equal(["Marked"], Outcomes(handler));
        Assert.Equal("Microsoft.Compute/virtualMachineScaleSets/write at 09:02:00", await MarkAsync(handler));
    }

    [Fact]
    public async Task Without_the_key_of_the_topic_nothing_is_taken()
    {
        await using var handler = await RunningHandler.StartAsync();
        using var host = await TickedAsync(handler);
        await using var topic = await EventTopic.StartAsync(host, "ResourceEvent", Cancellation);
        var change = new EventGridEvent(RunningHandler.Api.Value, "Microsoft.Resources.ResourceWriteSuccess", "2", Change);

        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => Publisher(topic, "another").SendEventAsync(change, Cancellation));

        Assert.Equal(401, refused.Status);
        Assert.Empty(Outcomes(handler));
    }

    private static EventGridPublisherClient Publisher(EventTopic topic, string key) => new(topic.Address, new AzureKeyCredential(key));

    /// <summary>After a tick, which has seen the resource: before it an event on it would be nobody's.</summary>
    private static async Task<LocalTriggerHost> TickedAsync(RunningHandler handler)
    {
        var host = new LocalTriggerHost(
            handler.Address, FunctionFile.ReadAll(AppContext.BaseDirectory, LocalTriggerHostTests.AppSettings),
            handler.Services.GetRequiredService<IWorkSource>(), handler.Sandbox.Clock);
        await handler.Sandbox.Clock.AdvanceToAsync(RunningHandler.Start.AddMinutes(1), Cancellation);
        await host.StepAsync(Cancellation);
        return host;
    }

    private static IEnumerable<string> Outcomes(RunningHandler handler) => handler.Log.Lines
        .Where(line => line.StartsWith("Information 1103", StringComparison.Ordinal)).Select(line => line.TrimEnd().Split(' ')[^1]);

    private static async Task<string> MarkAsync(RunningHandler handler) =>
        Assert.Single(await handler.Services.GetRequiredService<ResourceMarks>().ReadAsync(Cancellation)).Value;
}
