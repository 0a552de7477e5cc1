using ScaleFunctions.Core.Actions;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Adapters.Tests.Generic;

/// <summary>A kind whose API has ETags, written by PUT.</summary>
public sealed class DeclaredETagTests : DeclaredTest
{
    private const string Kind =
        """
        apiVersion: scalefunctions/v1
        kind: ResourceKind
        metadata: { name: event-hubs }
        spec:
          type: Microsoft.EventHub/namespaces
          apiVersion: 2024-01-01
          capacity: sku.capacity
          write: PUT
          minimum: 1
          maximum: 20
          readOnly: [properties.status]
        """;

    protected override SandboxOptions Options() => base.Options() with
    {
        Estate = new EstateSpec([Spec("web")]) { Declared = [Namespace with { HasETag = true }] },
    };

    [Fact]
    public async Task A_put_sends_everything_back_but_what_only_azure_sets()
    {
        Kinds.Use(Policies(Kind));

        Assert.IsType<WriteResult.Accepted>(await Target().WriteAsync(await PlanAsync(Events, 5), Cancellation));

        var write = Assert.Single(Sandbox.Writes.All);
        Assert.Equal(("PUT", "\"1\"", true), (write.Method, write.IfMatch, write.IsEffective));
        Assert.Equal(
            """{"sku":{"name":"Standard","tier":"Standard","capacity":5},"properties":{"minimumTlsVersion":"1.2","publicNetworkAccess":"Enabled","disableLocalAuth":true,"zoneRedundant":true,"isAutoInflateEnabled":false,"maximumThroughputUnits":0,"kafkaEnabled":true},"location":"westeurope","tags":{}}""",
            write.Body);
    }

    [Fact]
    public async Task A_change_between_the_read_and_the_write_is_refused_by_its_etag()
    {
        Kinds.Use(Policies(Kind));
        var plan = await PlanAsync(Events, 5);

        // Somebody else comes in right before our PUT is handled.
        Sandbox.Observer = (observed, _) =>
        {
            if (observed is { Method: "PUT", Moment: RequestMoment.Received })
            {
                Sandbox.Estate.SetCapacity(Events, 7);
            }

            return ValueTask.CompletedTask;
        };

        Assert.IsType<WriteResult.Stale>(await Target().WriteAsync(plan, Cancellation));
        Assert.Equal(7, Sandbox.Estate.CapacityOf(Events));
    }
}
