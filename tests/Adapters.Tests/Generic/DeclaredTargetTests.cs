using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Adapters.Tests.Generic;

public sealed class DeclaredTargetTests : DeclaredTest
{
    [Theory]
    [InlineData("orders", 4, "GP_Gen5")]
    [InlineData("events", 3, "Standard")]
    [InlineData("basket", 1, "container-app")]
    public async Task Reads_the_capacity_where_it_was_declared_to_be(string name, int capacity, string sku)
    {
        var read = await ReadAsync(Of(name));

        Assert.Equal((capacity, sku, false), (read.Capacity, read.Sku, read.IsUpdating));
    }

    [Theory]
    [InlineData("orders", 6, """{"sku":{"name":"GP_Gen5","tier":"GeneralPurpose","family":"Gen5","capacity":6}}""")]
    [InlineData("events", 5, """{"sku":{"name":"Standard","tier":"Standard","capacity":5}}""")]
    [InlineData("basket", 3, """{"properties":{"template":{"scale":{"maxReplicas":10,"minReplicas":3}}}}""")]
    public async Task Sends_the_object_around_the_capacity_and_nothing_else(string name, int goal, string body)
    {
        var accepted = Assert.IsType<WriteResult.Accepted>(await Target().WriteAsync(await PlanAsync(Of(name), goal), Cancellation));

        var write = Assert.Single(Sandbox.Writes.All);
        Assert.Equal(("PATCH", body, true, goal), (write.Method, write.Body, write.IsEffective, write.CapacityAfter));
        Assert.NotNull(accepted.Operation);
        Assert.IsType<OperationReading.Running>(await Target().ReadOperationAsync(accepted.Operation, Cancellation));
        Assert.True((await ReadAsync(Of(name))).IsUpdating);

        await Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(5), Cancellation);
        Assert.IsType<OperationReading.Succeeded>(await Target().ReadOperationAsync(accepted.Operation, Cancellation));
        Assert.Equal((goal, false), ((await ReadAsync(Of(name))).Capacity, (await ReadAsync(Of(name))).IsUpdating));
        Assert.Equal(new InstancesReading.Read(goal, goal), await Target().ReadInstancesAsync(Of(name), Cancellation));
    }

    [Fact]
    public async Task A_resource_that_somebody_changed_since_is_not_written()
    {
        var plan = await PlanAsync(Events, 5);
        Sandbox.Estate.SetCapacity(Events, 4);

        Assert.IsType<WriteResult.Stale>(await Target().WriteAsync(plan, Cancellation));
        Assert.Empty(OurWrites);
    }

    [Theory]
    [InlineData("orders", 7)]
    [InlineData("orders", 1000)]
    [InlineData("events", 0)]
    [InlineData("events", 21)]
    public async Task Nothing_outside_of_what_is_declared_leaves_the_house(string name, int goal)
    {
        var rejected = Assert.IsType<WriteResult.Rejected>(await Target().WriteAsync(await PlanAsync(Of(name), goal), Cancellation));

        Assert.Equal("OutOfRange", rejected.Code);
        Assert.Empty(OurWrites);
    }

    [Fact]
    public async Task A_kind_that_is_not_declared_any_more_is_nobodys_business()
    {
        var target = Target();
        Kinds.Use(Policies(Minimal));

        Assert.False(target.Serves(Events.ResourceType));
        Assert.True(target.Serves("microsoft.search/SEARCHSERVICES"));
        await Assert.ThrowsAsync<ArgumentException>(() => target.ReadAsync(Events, Cancellation));
    }

    [Fact]
    public async Task A_write_is_sent_once_whatever_happens()
    {
        var plan = await PlanAsync(Events, 5);
        Fault(new DropAfterLanding(), "PATCH");

        Assert.IsType<WriteResult.Unknown>(await Target().WriteAsync(plan, Cancellation));
        Assert.Single(Received, request => request.Method == "PATCH");
        Assert.Equal(5, (await ReadAsync(Events)).Capacity);
    }

    [Fact]
    public async Task What_is_gone_is_gone()
    {
        var gone = TargetId.Parse(Events.Value.Replace("clickstream", "elsewhere", StringComparison.Ordinal));

        Assert.IsType<CapacityReading.Gone>(await Target().ReadAsync(gone, Cancellation));
    }

    private const string Minimal =
        """
        apiVersion: scalefunctions/v1
        kind: ResourceKind
        metadata: { name: search }
        spec: { type: Microsoft.Search/searchServices, apiVersion: 2023-11-01, capacity: properties.replicaCount, write: PATCH, minimum: 1, maximum: 12 }
        """;

    private IEnumerable<WriteRecord> OurWrites => Sandbox.Writes.All.Where(write => !write.IsForeign);

    private static TargetId Of(string name) => name switch { "orders" => Orders, "events" => Events, _ => Basket };
}
