using ScaleFunctions.Adapters.AppService;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Tests.Compute;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Adapters.Tests.AppService;

/// <summary>A plan <c>portal</c> of four instances with members nobody here knows, and the adapter that handles it.</summary>
public abstract class PlanTest : AzureTest
{
    /// <summary>What a plan may carry besides what we use: all of it has to be there after a change.</summary>
    protected const string Unusual = """
        {
          "kind": "linux,container",
          "identity": { "type": "SystemAssigned", "deep": [1, { "a": null }, "ü\"\\"] },
          "tags": { "app": "portal", "hidden-link:/x": "Resource", "empty": "" },
          "sku": { "locations": [], "capabilities": [ { "name": "c", "value": "v" } ], "skuCapacity": { "minimum": 1, "maximum": 30, "capacity": 7 } },
          "properties": {
            "perSiteScaling": true, "workerTierName": null, "asyncScalingEnabled": false, "targetWorkerCount": 0,
            "capacity": 99, "planNumber": 1.50, "far": 12345678901234567890, "spotExpirationTime": "2027-01-01T00:00:00Z"
          }
        }
        """;

    protected static readonly TargetId Portal = PlanId("portal");

    protected static TargetId PlanId(string name, string subscription = Subscription) => PlanSpec.IdOf(subscription, "shop", name);

    protected static PlanSpec Plan(string name, string subscription = Subscription) => new()
    {
        Id = PlanId(name, subscription),
        Load = new ConstantLoad(2),
        InitialCapacity = 4,
        Tags = new Dictionary<string, string> { ["app"] = name },
    };

    protected override SandboxOptions Options() => base.Options() with
    {
        Estate = new EstateSpec([]) { Plans = [Plan("portal") with { Members = Unusual }] },
    };

    internal PlanTarget Target(Func<AzureConnection, AzureConnection>? change = null)
    {
        var arm = Connect(change);
        return new PlanTarget(arm, new ArmWriter(arm, new LogLines()), new ArmOperations(arm));
    }

    private protected async Task<CapacityReading.Read> ReadPortalAsync() =>
        Assert.IsType<CapacityReading.Read>(await Target().ReadAsync(Portal, Cancellation));

    /// <summary>A write of a goal against the plan as it is now.</summary>
    private protected async Task<CapacityWrite> PlanAsync(int goal) => new(Portal, goal, (await ReadPortalAsync()).ETag);
}
