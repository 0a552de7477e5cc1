using System.Text;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Generic;
using ScaleFunctions.Adapters.Tests.Compute;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Adapters.Tests.Generic;

/// <summary>One resource of each kind that <c>policies/resource-kinds.yml</c> declares, and the adapter that knows them from there only.</summary>
public abstract class DeclaredTest : AzureTest
{
    protected static readonly TargetId Orders = TargetId.Parse(
        $"/subscriptions/{Subscription}/resourceGroups/shop/providers/Microsoft.Sql/servers/db-1/databases/orders");

    protected static readonly TargetId Events = TargetId.Parse(
        $"/subscriptions/{Subscription}/resourceGroups/shop/providers/Microsoft.EventHub/namespaces/clickstream");

    protected static readonly TargetId Basket = TargetId.Parse(
        $"/subscriptions/{Subscription}/resourceGroups/shop/providers/Microsoft.App/containerApps/basket");

    protected static readonly DeclaredSpec Database = DeclaredSamples.Database(Orders, new ConstantLoad(2)) with { InitialCapacity = 4 };

    protected static readonly DeclaredSpec Namespace = DeclaredSamples.EventHubs(Events, new ConstantLoad(2)) with { InitialCapacity = 3 };

    protected static readonly DeclaredSpec App = DeclaredSamples.ContainerApp(Basket, new ConstantLoad(2)) with { InitialCapacity = 1 };

    protected ResourceKinds Kinds { get; } = new();

    protected override SandboxOptions Options() => base.Options() with
    {
        Estate = new EstateSpec([Spec("web")]) { Declared = [Database, Namespace, App] },
    };

    protected static PolicySet Shipped(params string[] more) =>
        Policies([File.ReadAllText(Path.Combine(Repository(), "policies", "resource-kinds.yml")), .. more]);

    protected static PolicySet Policies(params string[] documents)
    {
        var policies = PolicyReader.Read([new PolicyFile("policies.yml", Encoding.UTF8.GetBytes(string.Join("\n---\n", documents)))]);
        Assert.Empty(policies.Errors);
        return policies;
    }

    internal DeclaredTarget Target(Func<AzureConnection, AzureConnection>? change = null)
    {
        if (Kinds.Declared.Count == 0)
        {
            Kinds.Use(Shipped());
        }

        var arm = Connect(change);
        return new DeclaredTarget(arm, new ArmWriter(arm, new LogLines()), new ArmOperations(arm), Kinds);
    }

    private protected async Task<CapacityReading.Read> ReadAsync(TargetId target) =>
        Assert.IsType<CapacityReading.Read>(await Target().ReadAsync(target, Cancellation));

    /// <summary>A write of a goal against the resource as it is now.</summary>
    private protected async Task<CapacityWrite> PlanAsync(TargetId target, int goal) => new(target, goal, (await ReadAsync(target)).ETag);

    private static string Repository()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "global.json")))
        {
            directory = Path.GetDirectoryName(directory)!;
        }

        return directory;
    }
}
