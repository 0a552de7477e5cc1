using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Policies;

/// <summary>What must be refused of a declaration is in <c>Broken/kind-*.yml</c>.</summary>
public sealed class ResourceKindTests
{
    private const string Kind =
        """
        apiVersion: scalefunctions/v1
        kind: ResourceKind
        metadata: { name: sql-database, owner: team-platform }
        spec:
          type: Microsoft.Sql/servers/databases
          apiVersion: 2021-11-01
          capacity: sku.capacity
          write: PATCH
          minimum: 2
          maximum: 1000
          sizes:
            - { names: [Standard], steps: [10, 20, 50] }
            - { names: [GP_*], minimum: 4, maximum: 40 }
          only:
            - { path: properties.isFrozen, oneOf: [false, 0], reason: it is frozen }
          state: { path: properties.status, settled: [Online] }

        """;

    private const string Workload =
        """
        apiVersion: scalefunctions/v1
        kind: Workload
        metadata: { name: databases }
        spec: { select: { type: sql-database, tags: { app: shop } }, mode: act }

        """;

    private const string Guardrails =
        """
        apiVersion: scalefunctions/v1
        kind: Guardrails
        metadata: { name: platform }
        spec: { resourceKinds: [sql-database] }

        """;

    private static readonly ObservedTarget Database = Some.Target() with
    {
        Id = TargetId.Parse("/subscriptions/s-1/resourceGroups/shop/providers/microsoft.sql/servers/db-1/databases/orders"),
        Sku = "Standard",
        Tags = new TargetTags.Known(new Dictionary<string, string> { ["app"] = "shop" }),
    };

    [Fact]
    public void Is_read_as_it_is_written()
    {
        var kind = Assert.Single(Read(Kind).ResourceKinds);

        Assert.Equal(
            ("sql-database", "Microsoft.Sql/servers/databases", "2021-11-01", "sku.capacity", DeclaredVerb.Patch),
            (kind.Name, kind.ResourceType, kind.ApiVersion, kind.CapacityPath, kind.Verb));
        Assert.Equal(new DeclaredState("properties.status", ["Online"]).Path, kind.State.Path);
        Assert.Equal(["false", "0"], Assert.Single(kind.Only).OneOf);
        Assert.Equal([10, 20, 50], kind.RangeOf("standard")!.Steps);
        Assert.Equal((4, 40), (kind.RangeOf("GP_Gen5")!.Minimum, kind.RangeOf("GP_Gen5")!.Maximum));
        Assert.Null(kind.RangeOf("ElasticPool"));
    }

    [Fact]
    public void Its_name_selects_its_type()
    {
        var workload = Assert.Single(Read(PolicyTexts.Join(Kind, Workload)).Workloads);

        Assert.Equal("Microsoft.Sql/servers/databases", workload.Select.ResourceType);
        Assert.True(workload.Select.Selects(Database));
    }

    [Fact]
    public void Without_a_declaration_its_name_selects_nothing() => Assert.Contains(
        PolicyTexts.Read(Workload).Errors, error => error.Message.Contains("or the name of a ResourceKind", StringComparison.Ordinal));

    [Theory]
    [InlineData("{ tags: { app: shop } }", false)]
    [InlineData("{ any: [ { tags: { app: shop } }, { type: vmss } ] }", false)]
    [InlineData("{ type: Microsoft.Sql/servers/databases }", true)]
    [InlineData("{ all: [ { type: sql-database }, { tags: { app: shop } } ] }", true)]
    [InlineData("{ tags: { app: shop }, not: [ { type: sql-database } ] }", false)]
    public void Is_only_selected_where_its_type_is_named(string select, bool isSelected)
    {
        var text = PolicyTexts.Join(Kind, Workload.Replace("{ type: sql-database, tags: { app: shop } }", select, StringComparison.Ordinal));

        Assert.Equal(isSelected, Assert.Single(Read(text).Workloads).Select.Selects(Database));
    }

    [Fact]
    public void A_selection_by_tags_does_not_lie_around_one_by_its_type()
    {
        var tagged = PolicyTexts.Join(
            PolicyTexts.Workload.Replace("    type: vmss\n", "", StringComparison.Ordinal).Replace("{ app: shop, env: [prod, preprod] }", "{ app: shop }", StringComparison.Ordinal),
            PolicyTexts.Horizontal);
        var own = PolicyTexts.Join(
            Kind, Workload, PolicyTexts.Horizontal.Replace("horizontal-scaling", "of-databases", StringComparison.Ordinal).Replace("web-shop", "databases", StringComparison.Ordinal));

        Assert.Empty(PolicyTexts.Read(PolicyTexts.Join(tagged, own)).Errors);
    }

    [Fact]
    public void Guardrails_list_the_kinds_that_may_be_acted_on() =>
        Assert.Equal(["sql-database"], Assert.Single(Read(PolicyTexts.Join(Kind, Guardrails)).Guardrails).ResourceKinds);

    [Fact]
    public void A_target_has_the_kind_that_is_declared_for_it()
    {
        var policies = Read(PolicyTexts.Join(
            Kind, Workload, PolicyTexts.Horizontal.Replace("web-shop", "databases", StringComparison.Ordinal)));

        Assert.Equal("sql-database", Assert.IsType<TargetPolicies.Resolved>(policies.For(Database)).Declared?.Name);
    }

    [Fact]
    public void Adapters_ask_for_the_kinds_in_force_now()
    {
        var kinds = new ResourceKinds();
        Assert.Null(kinds.Of("Microsoft.Sql/servers/databases"));

        kinds.Use(Read(PolicyTexts.Join(Kind, Workload)));
        Assert.Equal("sql-database", kinds.Of("microsoft.sql/servers/databases")?.Name);
        Assert.True(kinds.AreSelected("microsoft.sql/servers/databases"));
        Assert.False(kinds.AreSelected(WorkloadBinding.PlanType));

        kinds.Use(PolicyTexts.Read(PolicyTexts.All));
        Assert.Empty(kinds.Declared);
    }

    [Theory]
    [InlineData(20, 37, 50)]
    [InlineData(50, 12, 20)]
    [InlineData(50, 60, 50)]
    [InlineData(20, 20, 20)]
    public void What_is_wanted_becomes_the_next_that_is_sold(int current, int wanted, int expected)
    {
        var range = new CapacityRange(10, 50, [10, 20, 50]);

        Assert.Equal(expected, range.Carrying(wanted));
        Assert.True(range.Allows(expected));
        Assert.Equal(expected == current ? null : expected, range.Towards(current, expected));
    }

    [Fact]
    public void Between_two_steps_there_is_nothing()
    {
        var range = new CapacityRange(10, 50, [10, 20, 50]);

        Assert.Null(range.Towards(20, 40));
        Assert.Null(range.Towards(20, 15));
        Assert.False(range.Allows(15));
        Assert.True(new CapacityRange(1, 3, []).Allows(2));
        Assert.False(new CapacityRange(1, 3, []).Allows(4));
    }

    private static PolicySet Read(string text)
    {
        var policies = PolicyTexts.Read(text);
        Assert.Empty(policies.Errors);
        return policies;
    }
}
