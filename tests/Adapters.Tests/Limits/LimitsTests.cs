using ScaleFunctions.Adapters.Limits;
using ScaleFunctions.Adapters.Tests.Compute;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Connections;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;
using ScaleFunctions.Sandbox.Throttling;

namespace ScaleFunctions.Adapters.Tests.Limits;

/// <summary>What Azure allows, read before a write, and what it answers to a write that it does not allow.</summary>
public sealed class LimitsTests : ScaleSetTest
{
    private const string Write = "Microsoft.Compute/virtualMachineScaleSets/write";
    private const string Group = $"/subscriptions/{Subscription}/resourceGroups/shop";

    private static readonly TargetId Locked = Id("locked"), Other1 = Id("web", Other);

    protected override SandboxOptions Options() => new()
    {
        PageSize = 2,
        Throttle = ThrottleLimits.None,
        Estate = new EstateSpec([Spec("web"), Spec("locked"), Spec("web", Other), Spec("big") with { Sku = "Standard_E4s_v5" }])
        {
            Locks =
            [
                new(Locked.Value, "frozen", "ReadOnly"), new(Group, "keep", "CanNotDelete"),
                new($"/subscriptions/{Other}", "whole", "ReadOnly"),
            ],
            Grants =
            [
                new("writer", Group, ["*/read", "Microsoft.Compute/virtualMachineScaleSets/*"], ["*/delete"]),
                new("single", Locked.Value, ["Microsoft.Compute/virtualMachineScaleSets/write"], []),
                new("reader", $"/subscriptions/{Subscription}", ["*/read"], []),
            ],
            Quotas = [new("westeurope", "standardDSv5Family", 40, 6), new("westeurope", "cores", 100, 3)],
            RestrictedSizes = ["Standard_E4s_v5"],
        },
    };

    [Fact]
    public async Task Locks_of_a_subscription_are_those_of_all_that_is_in_it()
    {
        var source = new ResourceLocks(Connect());

        var locks = Value(await source.ReadLocksAsync(Subscription, Cancellation));
        var others = Value(await source.ReadLocksAsync(Other, Cancellation));

        Assert.Equal([new(Locked.Value, LockLevel.ReadOnly), new(Group, LockLevel.CanNotDelete)], locks.Select(each => KeyValuePair.Create(each.Scope, each.Level)));
        Assert.Equal("frozen", Assert.Single(locks, each => each.HoldsWritesOf(Locked)).Name);
        Assert.DoesNotContain(locks, each => each.HoldsWritesOf(Web));
        Assert.Equal("the subscription", Assert.Single(others, each => each.HoldsWritesOf(Other1)).Place);
    }

    [Theory]
    [InlineData("""{"value":[{"id":"/subscriptions/s","properties":{"level":"ReadOnly"}}]}""")]
    [InlineData("""{"value":[{"id":"/subscriptions/s/providers/Microsoft.Authorization/locks/x"}]}""")]
    [InlineData("""{"value":[7]}""")]
    [InlineData("""{"value":null}""")]
    public async Task Locks_that_do_not_tell_what_they_lock_are_not_known(string body)
    {
        Fault(new AnswerWith(200, Body: body), target: "/locks");

        Assert.IsType<FactReading<IReadOnlyList<ResourceLock>>.Unknown>(await new ResourceLocks(Connect()).ReadLocksAsync(Subscription, Cancellation));
    }

    [Fact]
    public async Task Quotas_tell_what_is_in_use_of_them()
    {
        var quotas = Value(await new ComputeLimits(Connect()).ReadQuotaAsync(Subscription, "West Europe", Cancellation));

        // Two sets of four instances with four cores, and one of another family; eight quotas on pages of two.
        Assert.Equal(new QuotaUsage("standardDSv5Family", 38, 40), quotas.Single(quota => quota.Is("STANDARDdsv5family")));
        Assert.Equal(new QuotaUsage("cores", 51, 100), quotas.Single(quota => quota.Is(QuotaUsage.AllCores)));
        Assert.Equal(4, Count(RequestKind.UsageList));
    }

    [Fact]
    public async Task Sizes_tell_their_cores_their_family_and_whether_they_are_to_be_had()
    {
        var sizes = Value(await new ComputeLimits(Connect()).ReadSizesAsync(Subscription, "westeurope", Cancellation));

        Assert.Equal(("standardDSv5Family", 4, 16, null), (sizes["standard_d4s_V5"].Family, sizes["Standard_D4s_v5"].Cores, sizes["Standard_D4s_v5"].MemoryGiB, sizes["Standard_D4s_v5"].WhyNot));
        Assert.Equal("NotAvailableForSubscription", sizes["Standard_E4s_v5"].WhyNot);
    }

    [Fact]
    public async Task Restrictions_of_zones_and_of_other_regions_close_no_region()
    {
        Fault(new AnswerWith(200, Body: """
            {"value":[{"resourceType":"disks","name":"Premium_LRS"},{"resourceType":"virtualMachines","name":"Standard_A"},
             {"resourceType":"virtualMachines","name":"Standard_B","family":"f","capabilities":[{"name":"vCPUs","value":"2"}],
              "restrictions":[{"type":"Location","values":["eastus"],"restrictionInfo":{"locations":["eastus"]},"reasonCode":"QuotaId"},
               {"type":"Zone","values":["West Europe"],"restrictionInfo":{"locations":["West Europe"],"zones":["2","3"]},"reasonCode":"NotAvailableForSubscription"}]}]}
            """), target: "/skus");

        var size = Assert.Single(Value(await new ComputeLimits(Connect()).ReadSizesAsync(Subscription, "westeurope", Cancellation))).Value;

        Assert.Equal(("Standard_B", null), (size.Name, size.WhyNot));
        Assert.Equal(["2", "3"], size.ClosedZones);
    }

    [Fact]
    public async Task Readings_are_kept_quotas_for_five_minutes_and_sizes_for_hours()
    {
        var limits = new ComputeLimits(Connect());
        async Task ReadAsync()
        {
            await limits.ReadQuotaAsync(Subscription, "westeurope", Cancellation);
            await limits.ReadSizesAsync(Subscription, "westeurope", Cancellation);
        }

        await ReadAsync();
        var (quotas, sizes) = (Count(RequestKind.UsageList), Count(RequestKind.SizeList));
        await ReadAsync();
        Assert.Equal((quotas, sizes), (Count(RequestKind.UsageList), Count(RequestKind.SizeList)));

        await Sandbox.Clock.AdvanceToAsync(Sandbox.Clock.GetUtcNow() + TimeSpan.FromMinutes(6), Cancellation);
        await ReadAsync();
        Assert.Equal((2 * quotas, sizes), (Count(RequestKind.UsageList), Count(RequestKind.SizeList)));

        await Sandbox.Clock.AdvanceToAsync(Sandbox.Clock.GetUtcNow() + TimeSpan.FromHours(6), Cancellation);
        await ReadAsync();
        Assert.Equal((3 * quotas, 2 * sizes), (Count(RequestKind.UsageList), Count(RequestKind.SizeList)));
    }

    [Theory]
    [InlineData("writer", true), InlineData("reader", false), InlineData("nobody", false)]
    public async Task What_the_identity_that_writes_may_do_is_asked_as_that_identity(string principal, bool may)
    {
        var source = new WriterPermissions(Connect(connection => connection with { Credential = new SandboxCredential("reader"), WriteCredential = new SandboxCredential(principal) }));

        Assert.Equal(may, Value(await source.ReadPermissionsAsync(Web, Write, Cancellation)).Allow("Microsoft.Compute/virtualMachineScaleSets/write"));
        Assert.False(Value(await source.ReadPermissionsAsync(Web, Write, Cancellation)).Allow("Microsoft.Compute/virtualMachineScaleSets/delete"));
    }

    [Fact]
    public async Task A_role_on_the_resource_alone_is_found()
    {
        var source = new WriterPermissions(Connect(connection => connection with { WriteCredential = new SandboxCredential("single") }));

        Assert.True(Value(await source.ReadPermissionsAsync(Locked, Write, Cancellation)).Allow("Microsoft.Compute/virtualMachineScaleSets/write"));
        Assert.False(Value(await source.ReadPermissionsAsync(Web, Write, Cancellation)).Allow("Microsoft.Compute/virtualMachineScaleSets/write"));

        // The group once, then each resource.
        Assert.Equal(3, Count(RequestKind.PermissionList));
    }

    [Theory]
    [InlineData("/locks"), InlineData("/permissions"), InlineData("/usages"), InlineData("/skus")]
    public async Task What_cannot_be_read_is_unknown(string path)
    {
        Fault(new AnswerWith(403, "AuthorizationFailed"), target: path);
        var arm = Connect();
        object answer = path switch
        {
            "/locks" => await new ResourceLocks(arm).ReadLocksAsync(Subscription, Cancellation),
            "/permissions" => await new WriterPermissions(arm).ReadPermissionsAsync(Web, Write, Cancellation),
            "/usages" => await new ComputeLimits(arm).ReadQuotaAsync(Subscription, "westeurope", Cancellation),
            _ => await new ComputeLimits(arm).ReadSizesAsync(Subscription, "westeurope", Cancellation),
        };

        Assert.Equal("Unknown", answer.GetType().Name);
    }

    /// <summary>What the reads tell is what a write meets.</summary>
    [Theory]
    [InlineData("locked", "single", 5, FailureClass.Forbidden, "ScopeLocked")]
    [InlineData("web", "reader", 5, FailureClass.Forbidden, "AuthorizationFailed")]
    [InlineData("web", "writer", 5, FailureClass.Quota, "OperationNotAllowed")]
    [InlineData("big", "writer", 5, FailureClass.Capacity, "SkuNotAvailable")]
    public async Task Azure_refuses_what_is_not_allowed(string name, string principal, int goal, FailureClass expected, string code)
    {
        var target = Target(connection => connection with { WriteCredential = new SandboxCredential(principal) });
        var read = Assert.IsType<CapacityReading.Read>(await target.ReadAsync(Id(name), Cancellation));

        var refused = Assert.IsType<WriteResult.Rejected>(await target.WriteAsync(new CapacityWrite(Id(name), goal, read.ETag), Cancellation));

        Assert.Equal((expected, code), (refused.Class, refused.Code));
        Assert.Equal(4, Sandbox.Estate.CapacityOf(Id(name)));
    }

    private static T Value<T>(FactReading<T> reading)
        where T : class => Assert.IsType<FactReading<T>.Known>(reading).Value;
}
